import * as z from "zod";
import { Invalid } from "./errors.ts";
import { carry, decideInput, type TickRecord } from "./model.ts";
import { parse } from "./parse.ts";
import { problems } from "./problems.ts";
import { type Reason, sentences } from "./reasons.ts";

// What is kept of a tick, as JSON. Records are read for months after they were written: a change of their form needs a
// new `version` here and a schema for each that may still be stored.

/** How a decision ended. */
export const outcome = z.discriminatedUnion("is", [
  /** There was nothing to do. */
  z.strictObject({ is: z.literal("none") }),
  /** It was announced, and whether it was done is not known (yet): the next tick finds out. */
  z.strictObject({ is: z.literal("announced") }),
  /** The API takes no more calls in this pass: the next tick decides anew. */
  z.strictObject({ is: z.literal("waiting") }),
  z.strictObject({ is: z.literal("done"), at: z.number() }),
  z.strictObject({ is: z.literal("notDone"), why: z.string() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** What a tick saw and decided, and what came of it. */
export type StoredRecord = TickRecord & { outcome: Outcome };

const looseReason = z.strictObject({ code: z.string(), data: z.record(z.string(), z.json().optional()) });

/** Only Headroom writes reasons, so the data of a known code are taken to be what its sentence needs. */
function isReason(value: unknown): value is Reason {
  const loose = looseReason.safeParse(value);
  return loose.success && Object.hasOwn(sentences, loose.data.code);
}

const reason = z.custom<Reason>(isReason, { error: "is not a reason that this version of Headroom knows" });
const reasons = z.array(reason);
const count = z.int().nonnegative();

const policy = z.string();
const proposed = z.discriminatedUnion("is", [
  z.strictObject({ policy, is: z.literal("proposes"), capacity: count, reason, breachBelow: count.optional() }),
  z.strictObject({ policy, is: z.literal("satisfied"), reason }),
  z.strictObject({ policy, is: z.literal("blind"), reason }),
]);

const decision = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("scale"), sets: z.enum(["capacity", "minimum"]), from: count, to: count, reasons }),
  z.strictObject({ is: z.literal("hold"), at: count.nullable(), recommended: count.nullable(), reasons }),
]);

const storedRecord = z.strictObject({
  version: z.literal(1),
  input: decideInput,
  proposals: z.array(proposed),
  combined: count.nullable(),
  limits: z.array(z.strictObject({ limit: z.string(), from: count, to: count, reason })),
  decision,
  carry,
  interlocks: z.array(z.strictObject({ name: z.string(), since: z.number(), why: z.string() })),
  outcome,
});

/** A record as JSON: durations are text with their unit. */
export type EncodedRecord = z.input<typeof storedRecord>;

/**
 * A record as JSON.
 * @throws Invalid when it holds what JSON cannot carry, such as NaN: it names the place
 */
export function encodeRecord(record: StoredRecord): EncodedRecord {
  const result = z.safeEncode(storedRecord, record);
  if (result.success) return result.data;
  const { target, at } = record.input;
  const found = problems(result.error, storedRecord, record).join("; ");
  throw new Invalid(`The record of ${target} at ${at} cannot be kept: ${found}`, { cause: result.error });
}

/**
 * A record from JSON, as `encodeRecord` made it.
 * @throws Invalid that names each place that is wrong
 */
export function decodeRecord(json: unknown): StoredRecord {
  return parse(storedRecord, json, "The record");
}
