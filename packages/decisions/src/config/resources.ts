import * as z from "zod";

const name = z.string().min(1);

/** What a target is at AWS: one entry a kind, each with what identifies the resource. */
export const resource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ecs-service"), cluster: name, service: name }),
  z.strictObject({ kind: z.literal("auto-scaling-group"), group: name }),
  z.strictObject({ kind: z.literal("lambda-provisioned-concurrency"), function: name, alias: name }),
]);
export type Resource = z.infer<typeof resource>;
