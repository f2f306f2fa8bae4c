import * as z from "zod";
import { Invalid } from "./errors.ts";
import { type Memory, type Moment, memory } from "./model.ts";
import { parse } from "./parse.ts";

const count = z.int().nonnegative();

/** A ring, column by column: that compresses to a third of what its moments one by one would. */
const columns = z.strictObject({
  at: z.array(z.number()),
  proposal: z.array(count.nullable()),
  desired: z.array(count),
  running: z.array(count),
  ready: z.array(count),
});
type Columns = z.infer<typeof columns>;

function momentAt(ring: Columns, index: number): Moment | undefined {
  const [at, proposal] = [ring.at[index], ring.proposal[index]];
  const [desired, running, ready] = [ring.desired[index], ring.running[index], ring.ready[index]];
  if (at === undefined || proposal === undefined) return undefined;
  if (desired === undefined || running === undefined || ready === undefined) return undefined;
  return { at, proposal, desired, running, ready };
}

const ring = z.codec(columns, memory.shape.ring, {
  decode(packed, context) {
    const lengths = new Set(Object.values(packed).map((column) => column.length));
    if (lengths.size === 1) return packed.at.flatMap((_, index) => momentAt(packed, index) ?? []);
    context.issues.push({ code: "custom", message: "has columns of different lengths", input: packed });
    return z.NEVER;
  },
  encode: (moments) => ({
    at: moments.map(({ at }) => at),
    proposal: moments.map(({ proposal }) => proposal),
    desired: moments.map(({ desired }) => desired),
    running: moments.map(({ running }) => running),
    ready: moments.map(({ ready }) => ready),
  }),
});

const memories = z.record(z.string(), memory.extend({ ring }));

/** The memories of targets, by their ids, as JSON. */
export type EncodedMemories = z.input<typeof memories>;

/**
 * The memories of targets as JSON, small when compressed.
 * @throws Invalid when one holds what JSON cannot carry, such as NaN
 */
export function encodeMemories(targets: Record<string, Memory>): EncodedMemories {
  const result = z.safeEncode(memories, targets);
  if (result.success) return result.data;
  throw new Invalid(`The memory cannot be kept: ${z.prettifyError(result.error)}`, { cause: result.error });
}

/**
 * The memories of targets from JSON, as `encodeMemories` made it.
 * @throws Invalid that names each place that is wrong
 */
export function decodeMemories(json: unknown): Record<string, Memory> {
  return parse(memories, json, "The memory");
}
