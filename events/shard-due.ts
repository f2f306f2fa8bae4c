import * as z from "zod";

export const type = "headroom.shard.due";

/** Within Headroom: one part of the fleet is to be looked at, for the tick that was scheduled for `at`. */
export const shardDue = z.strictObject({
  version: z.literal(1).default(1),
  shard: z.string().min(1),
  at: z.iso.datetime(),
});
export type ShardDue = z.infer<typeof shardDue>;

export const sample: z.input<typeof shardDue> = { version: 1, shard: "here/here#0", at: "2026-01-01T00:00:00Z" };
