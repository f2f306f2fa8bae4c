import { expect, test } from "vitest";
import { running, setDesired, settleUnits, unitsReady } from "./units.ts";

test("new units start first and serve after their start-up", () => {
  const units = unitsReady(2);
  expect(setDesired(units, 5, 100, 60)).toBe(0);
  expect(units).toMatchObject({ desired: 5, ready: 2 });
  expect(running(units)).toBe(5);
  settleUnits(units, 159);
  expect(units.ready).toBe(2);
  settleUnits(units, 160);
  expect(units.ready).toBe(5);
  expect(units.starting).toEqual([]);
});

test("a scale-in stops the newest that are starting, then those that serve", () => {
  const units = unitsReady(4);
  setDesired(units, 6, 100, 60);
  setDesired(units, 9, 110, 60);
  expect(setDesired(units, 5, 120, 60)).toBe(0);
  expect(units.starting).toEqual([{ at: 160, count: 1 }]);
  expect(setDesired(units, 3, 120, 60)).toBe(1);
  expect(units).toMatchObject({ desired: 3, ready: 3, starting: [] });
});

test("without start-up new units serve at once", () => {
  const units = unitsReady(0);
  setDesired(units, 3, 100, 0);
  expect(units.ready).toBe(3);
});
