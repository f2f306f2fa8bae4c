import type { QueueSimulation } from "@headroom/decisions/config/simulation";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stream } from "../random.ts";
import { activeGroups } from "./messages.ts";
import { createQueue } from "./queue.ts";
import type { QueueMinute } from "./queue-minute.ts";

const settings: QueueSimulation = {
  workload: "queue",
  queue: "orders",
  secondsPerMessage: 2,
  concurrencyPerUnit: 5,
  maxAge: 60,
  delay: 0,
  startUp: 30,
  initial: 2,
  traffic: { mean: 0, swing: 0, peakHour: 0, noise: 0, weekend: 1 },
};

function queue(sent: (second: number) => number, changes: Partial<QueueSimulation> = {}, seed = 1) {
  const minutes: QueueMinute[] = [];
  const load = { during: sent, wholeDuring: sent };
  const random = stream(seed, "queue");
  const options = { settings: { ...settings, ...changes }, load, random, start: 0 };
  return { minutes, ...createQueue({ ...options, onMinute: (minute) => minutes.push(minute) }) };
}

const once = (count: number) => (second: number) => (second === 0 ? count : 0);

test.each([
  { what: "a whole number of seconds each", secondsPerMessage: 2, rate: 5 },
  { what: "a broken number of seconds each", secondsPerMessage: 1.37, rate: 10 / 1.37 },
  { what: "less than a second each", secondsPerMessage: 0.3, rate: 10 / 0.3 },
  { what: "far less than a second each", secondsPerMessage: 0.004, rate: 2500 },
])("with a backlog the workers are never idle: $what", ({ secondsPerMessage, rate }) => {
  const seen = queue(once(1_000_000), { secondsPerMessage });
  seen.advanceTo(300);
  expect(seen.counts().deleted / 300 / rate).toBeCloseTo(1, 1);
  expect(seen.standing().inFlight).toBe(10);
  expect(seen.minutes[1]?.utilisation[0]).toBeCloseTo(1, 1);
});

test.each([0.05, 0.3, 1, 2, 2.5, 7])(
  "what is in flight follows Little's law at %d s a message",
  (secondsPerMessage) => {
    const sent = 20;
    const seen = queue(() => sent, { secondsPerMessage, concurrencyPerUnit: 200 });
    let inFlight = 0;
    for (let second = 100; second < 1100; second += 1) {
      seen.advanceTo(second);
      inFlight += seen.standing().inFlight;
    }
    expect(inFlight / 1000 / (sent * secondsPerMessage)).toBeCloseTo(1, 1);
    expect(seen.standing().visible).toBe(0);
    const seconds = seen.minutes.at(-1)?.utilisation ?? [];
    const busy = seconds.reduce((sum, share) => sum + share * 400, 0) / seconds.length;
    expect(busy / (sent * secondsPerMessage)).toBeCloseTo(1, 1);
  },
);

test("the oldest message ages by the second while nobody works, and a backlog is worked off oldest first", () => {
  const seen = queue((second) => (second < 40 ? 1 : 0), { initial: 0, maxAge: 59 });
  seen.advanceTo(60);
  expect(seen.standing()).toEqual({ visible: 40, inFlight: 0, delayed: 0, oldestAge: 60 });
  seen.setDesired(1);
  seen.advanceTo(95);
  // Ready at 90: five at 90, the next five at 92, and at 94.
  expect(seen.standing()).toEqual({ visible: 25, inFlight: 5, delayed: 0, oldestAge: 95 - 10 });
  seen.advanceTo(200);
  expect(seen.standing()).toEqual({ visible: 0, inFlight: 0, delayed: 0, oldestAge: 0 });
  expect(seen.observed()).toMatchObject({ minutes: 3, violated: 1 });
});

test("a minute violates the objective when the oldest message is too old at its end", () => {
  const seen = queue(once(1), { initial: 0, maxAge: 120 });
  seen.advanceTo(180);
  expect(seen.minutes.map(({ oldestAge }) => oldestAge)).toEqual([60, 120, 180]);
  expect(seen.observed().violated).toBe(1);
});

test("delayed messages become visible when their delay is over", () => {
  const seen = queue(once(4), { initial: 0, delay: 90 });
  seen.advanceTo(90);
  expect(seen.standing()).toMatchObject({ visible: 0, delayed: 4 });
  seen.advanceTo(92);
  expect(seen.standing()).toMatchObject({ visible: 4, delayed: 0, oldestAge: 92 });
});

test("what stopped workers had in hand stays in flight until its visibility timeout, and is not lost", () => {
  const seen = queue(once(10), { secondsPerMessage: 20 });
  seen.advanceTo(5);
  expect(seen.standing()).toMatchObject({ visible: 0, inFlight: 10 });
  seen.setDesired(0);
  seen.advanceTo(39);
  expect(seen.standing()).toMatchObject({ visible: 0, inFlight: 10, oldestAge: 39 });
  seen.advanceTo(43);
  expect(seen.standing()).toMatchObject({ visible: 10, inFlight: 0, oldestAge: 43 });
  seen.setDesired(1);
  seen.advanceTo(200);
  expect(seen.counts()).toEqual({ sent: 10, received: 20, deleted: 10, dead: 0 });
});

test("messages that come back are older than those that came meanwhile, and go first", () => {
  const seen = queue((second) => (second < 20 ? 5 : 0), { secondsPerMessage: 20, initial: 1 });
  seen.advanceTo(5);
  seen.setDesired(0);
  seen.advanceTo(60);
  expect(seen.standing()).toEqual({ visible: 100, inFlight: 0, delayed: 0, oldestAge: 60 });
  seen.setDesired(1);
  seen.advanceTo(115);
  expect(seen.counts().deleted).toBe(5);
  expect(seen.standing().oldestAge).toBe(114);
});

test("a scale-in takes busy and idle workers alike, and only those that are too many", () => {
  const seen = queue(once(10), { secondsPerMessage: 20, initial: 4 });
  seen.advanceTo(5);
  seen.setDesired(2);
  seen.advanceTo(25);
  expect(seen.counts().deleted).toBe(5);
  expect(seen.standing()).toMatchObject({ inFlight: 5 });
});

const deeds = fc.array(
  fc.record({ after: fc.integer({ min: 1, max: 150 }), desired: fc.integer({ min: 0, max: 8 }) }),
  { maxLength: 8 },
);
const kinds = fc.record({
  secondsPerMessage: fc.constantFrom(0.03, 0.4, 1, 1.37, 2.5, 45),
  delay: fc.constantFrom(0, 7, 90),
  concurrencyPerUnit: fc.integer({ min: 1, max: 12 }),
  batch: fc.constantFrom(undefined, 1, 10),
  fifo: fc.constantFrom(undefined, { groups: 5 }),
  poison: fc.constantFrom(undefined, 0.3),
  maxReceives: fc.constantFrom(undefined, 2),
  protect: fc.boolean(),
});
const busyThenQuiet = (second: number) => (second % 200 === 0 ? 3000 : second % 200 < 90 ? (second * 7) % 23 : 0);

test("no message is lost or doubled at any instant, and no more work than there are workers", () => {
  fc.assert(
    fc.property(deeds, kinds, (steps, kind) => {
      const seen = queue(busyThenQuiet, kind);
      let second = 0;
      for (const { after, desired } of steps) {
        for (const until = second + after; second < until; second += 1) {
          seen.advanceTo(second);
          const { visible, inFlight, delayed, oldestAge } = seen.standing();
          const { sent, deleted, dead } = seen.counts();
          expect(visible + inFlight + delayed + deleted + dead).toBe(sent);
          expect(Math.min(visible, inFlight, delayed, oldestAge)).toBeGreaterThanOrEqual(0);
        }
        seen.setDesired(desired);
      }
      for (const { utilisation } of seen.minutes) expect(Math.max(0, ...utilisation)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 50 },
  );
});

test("looking often changes nothing; neither does going on from a snapshot", () => {
  fc.assert(
    fc.property(deeds, kinds, (steps, kind) => {
      const lazy = queue(busyThenQuiet, kind);
      const eager = queue(busyThenQuiet, kind);
      let resumed = queue(busyThenQuiet, kind);
      let second = 0;
      for (const { after, desired } of steps) {
        for (let passed = 1; passed <= after; passed += 1) eager.advanceTo(second + passed);
        second += after;
        lazy.advanceTo(second);
        resumed.advanceTo(second);
        const next = queue(busyThenQuiet, kind, 99);
        next.restore(JSON.parse(JSON.stringify(resumed.snapshot())));
        resumed = next;
        for (const each of [lazy, eager, resumed]) each.setDesired(desired);
      }
      for (const each of [lazy, eager, resumed]) each.advanceTo(second + 90);
      expect(eager.snapshot()).toEqual(lazy.snapshot());
      expect(eager.minutes).toEqual(lazy.minutes);
      expect(resumed.snapshot()).toEqual(lazy.snapshot());
    }),
    { numRuns: 50 },
  );
});

describe("what a queue can be besides plain", () => {
  test("FIFO: no more workers are busy than there are message groups", () => {
    const seen = queue(once(1000), { initial: 8, fifo: { groups: 12 } });
    seen.advanceTo(10);
    expect(seen.standing()).toMatchObject({ inFlight: 12 });
    seen.advanceTo(120);
    expect(seen.counts().deleted).toBe(60 * 12);
  });

  test("FIFO: with few messages fewer groups have any", () => {
    expect(activeGroups(100, 0)).toBe(0);
    expect(activeGroups(100, 1)).toBe(1);
    expect(activeGroups(100, 100)).toBe(63);
    expect(activeGroups(1, 50)).toBe(1);
  });

  test("batches are in flight as a whole, and take as long as their messages", () => {
    const seen = queue(once(100), { initial: 0, batch: 10 });
    seen.setDesired(1);
    seen.advanceTo(49);
    expect(seen.standing()).toMatchObject({ inFlight: 50, visible: 50 });
    seen.advanceTo(51);
    expect(seen.counts()).toMatchObject({ deleted: 50, received: 100 });
  });

  test("poisonous messages are tried again, and become dead letters after so many receives", () => {
    const seen = queue(once(10), { poison: 1, maxReceives: 3 });
    seen.advanceTo(33);
    expect(seen.counts()).toMatchObject({ received: 20, deleted: 0, dead: 0 });
    seen.advanceTo(200);
    expect(seen.counts()).toEqual({ sent: 10, received: 30, deleted: 0, dead: 10 });
    expect(seen.standing()).toEqual({ visible: 0, inFlight: 0, delayed: 0, oldestAge: 0 });
  });

  test("the age that SQS reports leaves out what was received three times", () => {
    const seen = queue((second) => (second === 0 ? 1 : 0), { poison: 1 });
    seen.advanceTo(300);
    expect(seen.minutes.map(({ oldestAge }) => oldestAge)).toEqual([60, 120, 180, 240, 300]);
    expect(seen.minutes.map(({ reportedAge }) => reportedAge)).toEqual([60, 0, 0, 0, 0]);
  });

  test("protected units outlive a scale-in until they are idle, and lose nothing", () => {
    const seen = queue(once(20), { secondsPerMessage: 50, initial: 4, protect: true });
    seen.advanceTo(5);
    expect(seen.protected()).toBe(4);
    seen.setDesired(1);
    expect(seen.units()).toMatchObject({ desired: 1, ready: 4 });
    seen.advanceTo(49);
    expect(seen.units().ready).toBe(4);
    seen.advanceTo(52);
    expect(seen.units().ready).toBe(1);
    expect(seen.counts()).toEqual({ sent: 20, received: 20, deleted: 20, dead: 0 });
  });

  test("units that are not protected are not counted", () => {
    expect(queue(once(20)).protected()).toBeUndefined();
  });
});
