import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import * as z from "zod";
import { anyInput, seeingInput, withBlindPolicy, withLessData } from "../../../test/arbitraries/decide-input.ts";
import { boundsFor, present } from "./contexts.ts";
import { decide } from "./decide.ts";
import { type DecideInput, decideInput, type Lease, type TickRecord } from "./model.ts";
import { sentence } from "./reasons.ts";
import { decodeRecord, encodeRecord } from "./record.ts";
import { trustQueue } from "./trust.ts";

/** The same ticks each time: whoever wants others raises the number of runs or takes another seed. */
const runs = { seed: 20_260_101, numRuns: 150 };

/** Where a decision leads: what is set, or in observe mode would be set. */
function resultOf({ decision, input }: TickRecord): number {
  const desired = desiredOf(input);
  return decision.is === "scale" ? decision.to : (decision.recommended ?? desired);
}

/** What is set, or in floor mode the minimum that is. */
function desiredOf({ capacity, settings }: DecideInput): number {
  const set = capacity.is === "capacity" ? present(capacity, settings.mode) : undefined;
  return set ?? Number.NaN;
}

function leasesOf({ leases, target, now }: DecideInput): Lease[] {
  const open = leases.filter((lease) => lease.until > now);
  return [...open.filter((lease) => lease.target === target), ...open.filter((lease) => lease.target === "*")];
}

function inForce(input: DecideInput): { min: number; max: number } {
  const { min, max } = boundsFor(input, desiredOf(input));
  const own: { minimum?: number | undefined; maximum?: number | undefined } =
    input.capacity.is === "capacity" ? input.capacity : {};
  const least = input.settings.mode === "floor" ? 0 : (own.minimum ?? 0);
  const top = Math.min(max, own.maximum ?? Number.POSITIVE_INFINITY);
  return { min: Math.min(top, Math.max(min, least)), max: top };
}

/** The lowest capacity to which operators, bounds and undoing may lead, whatever policies say. */
function orderedDown(input: DecideInput): number {
  const pins = leasesOf(input).flatMap((lease) => (lease.kind === "pin" ? [lease.capacity] : []));
  const last = input.memory.actions.at(-1);
  const undone = input.settings.foreignWrites.policy === "restore" && last?.by === "foreign" ? [last.from] : [];
  return Math.min(inForce(input).max, ...pins, ...undone);
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

describe("whatever it is asked", () => {
  test.prop([anyInput], runs)("decide is a function of its argument, which it leaves alone", (input) => {
    expect(decide(frozen(input))).toEqual(decide(structuredClone(input)));
  });

  test.prop([anyInput], runs)("a record alone replays its decision, also when it was kept as JSON", (input) => {
    const record = decide(input);
    expect(decide(record.input)).toEqual(record);
    const kept: unknown = JSON.parse(JSON.stringify(z.encode(decideInput, input)));
    expect(decide(decideInput.parse(kept))).toEqual(record);
    const stored = { ...record, outcome: { is: "none" as const } };
    expect(decodeRecord(JSON.parse(JSON.stringify(encodeRecord(stored))))).toEqual(stored);
  });

  test.prop([anyInput], runs)("there are reasons, in sentences that people can read", (input) => {
    const { decision, proposals, limits } = decide(input);
    expect(decision.reasons.length).toBeGreaterThan(0);
    for (const reason of [...decision.reasons, ...proposals.map((each) => each.reason)]) {
      const said = sentence(reason);
      if (reason.code === "failed") continue; // it may quote the NaN that was reported
      expect(said).not.toMatch(/undefined|NaN|null|Infinity|∞|\[object/);
    }
    for (const { reason } of limits) expect(decision.reasons).toContainEqual(reason);
  });

  test.prop([seeingInput], runs)("the record accounts for every step from the proposals to the decision", (input) => {
    const record = decide(input);
    let reached = record.combined;
    for (const { from, to } of record.limits) {
      expect(from).toBe(reached);
      expect(to).not.toBe(from);
      reached = to;
    }
    expect(resultOf(record)).toBe(reached);
  });

  test.prop([seeingInput], runs)("capacity is a whole number that can be counted", (input) => {
    expect(resultOf(decide(input))).toSatisfy((units) => Number.isSafeInteger(units) && Number(units) >= 0);
  });

  test.prop([seeingInput], runs)("capacity is within bounds, or on its way down to them", (input) => {
    const { min, max } = inForce(input);
    const result = resultOf(decide(input));
    expect(result).toBeGreaterThanOrEqual(min);
    expect(result).toBeLessThanOrEqual(Math.max(max, desiredOf(input)));
  });

  test.prop([seeingInput], runs)("in observe mode nothing is changed", (input) => {
    const { decision } = decide({ ...input, settings: { ...input.settings, mode: "observe" } });
    expect(decision.is).toBe("hold");
  });

  test.prop([seeingInput], runs)("observing recommends what control would do", (input) => {
    fc.pre(input.settings.mode !== "floor");
    const as = (mode: "observe" | "control") => resultOf(decide({ ...input, settings: { ...input.settings, mode } }));
    expect(as("observe")).toBe(as("control"));
  });
});

describe("lowering", () => {
  test.prop([seeingInput], runs)("needs every policy that has something to ask", (input) => {
    const record = decide(input);
    const desired = desiredOf(input);
    const lowered = resultOf(record) < Math.min(desired, orderedDown(input));
    if (!lowered) return;
    for (const each of record.proposals) {
      expect(each.is).not.toBe("blind");
      if (each.is === "proposes") expect(each.capacity).toBeLessThan(desired);
    }
  });

  test.prop([withBlindPolicy], runs)("never happens while a policy cannot see", ({ policy, input }) => {
    const record = decide(input);
    expect(record.proposals[policy]?.is).toBe("blind");
    expect(resultOf(record)).toBeGreaterThanOrEqual(Math.min(desiredOf(input), orderedDown(input)));
  });

  test.prop([withLessData], runs)("never happens, nor goes further, for want of data", ({ more, less }) => {
    const known = decide(more).combined ?? Number.NaN;
    expect(decide(less).combined).toBeGreaterThanOrEqual(Math.min(desiredOf(more), known));
  });

  test.prop([withLessData], runs)("by limits does not happen for want of data either", ({ more, less }) => {
    const desired = desiredOf(more);
    expect(resultOf(decide(less))).toBeGreaterThanOrEqual(Math.min(desired, orderedDown(more), resultOf(decide(more))));
  });

  test.prop([seeingInput], runs)("takes no worker from a message in flight", (input) => {
    const result = resultOf(decide(input));
    for (const policy of input.settings.policies) {
      if (policy.kind !== "queue") continue;
      const signal = { source: "queue" as const, queue: policy.queue, maxAge: policy.maxReadingAge };
      const queue = trustQueue(signal, input.answers[`queue ${policy.queue}`], input.now);
      if (queue.is !== "queue") continue;
      const busy = Math.ceil(queue.inFlight / policy.concurrencyPerUnit);
      expect(result).toBeGreaterThanOrEqual(Math.min(desiredOf(input), busy, orderedDown(input)));
    }
  });

  test.prop([seeingInput], runs)("does not happen under a pause, but for bounds", (input) => {
    const { target, now } = input;
    const lease: Lease = { kind: "pause", target, direction: "in", owner: "ada", reason: "a test", until: now + 1 };
    const result = resultOf(decide({ ...input, leases: [...input.leases, lease] }));
    expect(result).toBeGreaterThanOrEqual(Math.min(desiredOf(input), inForce(input).max));
  });
});
