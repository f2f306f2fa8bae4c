import fc from "fast-check";
import { expect, test } from "vitest";
import { type Begin, deploy, retire, running, setDesired, settleUnits, unitsReady } from "./units.ts";

const after =
  (startUp: number): Begin =>
  (second, count) => [{ at: second + startUp, count }];

test("new units start first and serve after their start-up", () => {
  const units = unitsReady(2);
  expect(setDesired(units, 5, 100, after(60))).toBe(0);
  expect(units).toMatchObject({ desired: 5, ready: 2 });
  expect(running(units)).toBe(5);
  settleUnits(units, 159, after(60));
  expect(units.ready).toBe(2);
  settleUnits(units, 160, after(60));
  expect(units.ready).toBe(5);
  expect(units.starting).toEqual([]);
});

test("a scale-in stops the newest that are starting, then those that serve", () => {
  const units = unitsReady(4);
  setDesired(units, 6, 100, after(60));
  setDesired(units, 9, 110, after(60));
  expect(setDesired(units, 5, 120, after(60))).toBe(0);
  expect(units.starting).toEqual([{ at: 160, count: 1 }]);
  expect(setDesired(units, 3, 120, after(60))).toBe(1);
  expect(units).toMatchObject({ desired: 3, ready: 3, starting: [] });
});

test("without start-up new units serve at once", () => {
  const units = unitsReady(0);
  setDesired(units, 3, 100, after(0));
  expect(units.ready).toBe(3);
});

const deed = fc.oneof(
  fc.record({ kind: fc.constant("set"), desired: fc.integer({ min: 0, max: 9 }), mayStop: fc.constantFrom(1, 99) }),
  fc.record({ kind: fc.constant("deploy") }),
  fc.record({ kind: fc.constant("retire") }),
);
const steps = fc.array(fc.record({ deed, after: fc.integer({ min: 0, max: 90 }) }), { maxLength: 15 });

test("whatever happens, the parts fit the whole, and when nothing is left to do there is what is desired", () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(undefined, 20), (all, lives) => {
      const begin: Begin = (second, count) => [{ at: second + 60, count, ...(lives !== undefined && { lives }) }];
      const settled = after(60);
      const units = unitsReady(3);
      let second = 0;
      for (const { deed, after: passed } of all) {
        if ("desired" in deed) setDesired(units, deed.desired, second, begin, deed.mayStop);
        else if (deed.kind === "deploy") deploy(units, second, begin);
        else retire(units);
        for (const until = second + passed; second < until; second += 1) settleUnits(units, second, begin);
        const doomed = units.doomed.reduce((sum, { count }) => sum + count, 0);
        expect(units.ready).toBeGreaterThanOrEqual(Math.max(units.old, doomed, 0));
        expect(units.starting.every(({ count }) => count >= 0)).toBe(true);
      }
      for (const until = second + 300; second < until; second += 1) {
        settleUnits(units, second, settled);
        retire(units);
      }
      setDesired(units, units.desired, second, settled);
      expect(units).toMatchObject({ ready: units.desired, starting: [], old: 0, deploying: false });
    }),
    { numRuns: 300 },
  );
});
