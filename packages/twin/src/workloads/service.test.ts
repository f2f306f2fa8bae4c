import type { ServiceSimulation } from "@headroom/decisions/config/simulation";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Load } from "./load.ts";
import { createService } from "./service.ts";
import type { ServiceMinute } from "./service-minute.ts";

const settings: ServiceSimulation = {
  workload: "service",
  perUnit: 10,
  latency: 0.1,
  maxLatency: 0.5,
  maxErrors: 0.01,
  startUp: 30,
  initial: 4,
  traffic: { mean: 0, swing: 0, peakHour: 0, noise: 0, weekend: 1 },
};

const flow = (during: (second: number) => number): Load => ({ during, wholeDuring: during });

function service(load: (second: number) => number, changes: Partial<ServiceSimulation> = {}, spills = false) {
  const minutes: ServiceMinute[] = [];
  const options = { settings: { ...settings, ...changes }, load: flow(load), start: 0, spills };
  return { minutes, ...createService({ ...options, onMinute: (minute) => minutes.push(minute) }) };
}

test("utilisation is the share of what the ready units could do, and latency grows with it", () => {
  const seen = service(() => 20);
  seen.advanceTo(60);
  const [minute] = seen.minutes;
  expect(minute).toMatchObject({
    at: 0,
    arrived: 1200,
    served: 1200,
    shed: 0,
    ready: 4,
    readySeconds: 240,
    perUnit: 300,
  });
  expect(new Set(minute?.utilisation)).toEqual(new Set([0.5]));
  expect(minute?.latency[0]).toEqual({ value: 0.2, weight: 20 });
});

test.each([
  { rate: 4, latency: 0.1 / 0.9 },
  { rate: 36, latency: 0.1 / 0.1 },
  { rate: 39.9, latency: 0.1 / 0.05 },
])("at $rate requests a second latency is $latency", ({ rate, latency }) => {
  const seen = service(() => rate);
  seen.advanceTo(60);
  expect(seen.minutes[0]?.latency[0]?.value).toBeCloseTo(latency, 9);
});

test("excess waits a little, then gets errors, and the wait is part of the latency", () => {
  const seen = service(() => 60);
  seen.advanceTo(60);
  const [minute] = seen.minutes;
  expect(minute).toMatchObject({ arrived: 3600, served: 2400, shed: 1120, unroutable: 0 });
  expect(minute?.latency.at(-1)?.value).toBeCloseTo(0.1 / 0.05 + 2, 9);
  expect(seen.observed()).toMatchObject({ minutes: 1, violated: 1, arrived: 3600, served: 2400, errors: 1120 });
});

test.each([
  { what: "errors above the limit", rate: 40.8, changes: { maxLatency: 100, maxErrors: 0.01 }, violated: 1 },
  { what: "errors below the limit", rate: 40.8, changes: { maxLatency: 100, maxErrors: 0.05 }, violated: 0 },
  { what: "latency above the limit", rate: 30, changes: { maxLatency: 0.39 }, violated: 1 },
  { what: "latency below the limit", rate: 30, changes: { maxLatency: 0.41 }, violated: 0 },
])("$what: $violated minutes violate the objective", ({ rate, changes, violated }) => {
  const seen = service(() => rate, changes);
  seen.advanceTo(600);
  const before = seen.observed().violated;
  seen.advanceTo(660);
  expect(seen.observed().violated - before).toBe(violated);
});

test("without units every request fails, and nothing has a utilisation", () => {
  const seen = service(() => 5, { initial: 0 });
  seen.advanceTo(60);
  expect(seen.minutes[0]).toMatchObject({
    arrived: 300,
    served: 0,
    shed: 0,
    unroutable: 300,
    utilisation: [],
    latency: [],
  });
  expect(seen.observed().violated).toBe(1);
});

test("a service that nobody calls violates nothing", () => {
  const seen = service(() => 0, { initial: 0 });
  seen.advanceTo(120);
  expect(seen.observed()).toMatchObject({ minutes: 2, violated: 0 });
});

test("what exceeds provisioned concurrency starts cold and fails not", () => {
  const seen = service(() => 60, { maxLatency: 0.3 }, true);
  seen.advanceTo(60);
  const [minute] = seen.minutes;
  expect(minute).toMatchObject({ arrived: 3600, served: 3600, shed: 0 });
  expect(minute?.concurrency[0]).toBe(6);
  expect(minute?.utilisation[0]).toBe(1);
  expect(minute?.latency[0]?.value).toBeCloseTo(0.1 + 1 / 3, 9);
  expect(seen.observed().violated).toBe(1);
});

test("new units take load when they are ready, stopped ones at once none", () => {
  const seen = service(() => 36);
  seen.advanceTo(10);
  seen.setDesired(8);
  expect(seen.units()).toMatchObject({ desired: 8, ready: 4 });
  seen.advanceTo(60);
  seen.setDesired(6);
  seen.advanceTo(120);
  expect(seen.minutes[0]?.utilisation.slice(39, 41)).toEqual([0.9, 0.45]);
  expect(seen.minutes[1]?.utilisation[0]).toBe(0.6);
  expect(seen.observed().ready).toEqual({ min: 4, max: 8 });
  // 4 units for 120 s, 4 more for 50 s, of which 2 stay; the 10 s in which the others end do not count.
  expect(seen.observed().unitSeconds).toBe(4 * 120 + 4 * 50 + 2 * 60);
});

const deeds = fc.array(
  fc.record({ after: fc.integer({ min: 1, max: 200 }), desired: fc.integer({ min: 0, max: 12 }) }),
  { maxLength: 6 },
);

function wave(second: number): number {
  return 40 + 35 * Math.sin(second / 37);
}

test("looking often changes nothing; neither does going on from a snapshot", () => {
  fc.assert(
    fc.property(deeds, (steps) => {
      const lazy = service(wave);
      const eager = service(wave);
      let resumed = service(wave);
      let second = 0;
      for (const { after, desired } of steps) {
        for (let passed = 1; passed <= after; passed += 1) eager.advanceTo(second + passed);
        second += after;
        lazy.advanceTo(second);
        resumed.advanceTo(second);
        const next = service(wave);
        next.restore(JSON.parse(JSON.stringify(resumed.snapshot())));
        resumed = next;
        for (const each of [lazy, eager, resumed]) each.setDesired(desired);
      }
      for (const each of [lazy, eager, resumed]) each.advanceTo(second + 90);
      expect(eager.snapshot()).toEqual(lazy.snapshot());
      expect(eager.minutes).toEqual(lazy.minutes);
      expect(resumed.snapshot()).toEqual(lazy.snapshot());
    }),
  );
});

test("every request is served, fails or waits", () => {
  fc.assert(
    fc.property(deeds, fc.boolean(), (steps, spills) => {
      const seen = service(wave, {}, spills);
      let second = 0;
      for (const { after, desired } of steps) {
        second += after;
        seen.advanceTo(second);
        seen.setDesired(desired);
      }
      seen.advanceTo(second + 60);
      const { arrived, served, errors } = seen.observed();
      const waiting = arrived - served - errors;
      expect(waiting).toBeGreaterThanOrEqual(-1e-6);
      expect(waiting).toBeLessThanOrEqual(12 * settings.perUnit * 2 + 1e-6);
    }),
  );
});
