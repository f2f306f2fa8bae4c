import { expect, test } from "vitest";
import { createActivity } from "./activity.ts";

const HOUR = 3600;

test("a queue is active for six hours after it was last used, and has no datapoints then", () => {
  const activity = createActivity("orders", 1, 0);
  expect(activity.readable(6 * HOUR - 60)).toBe(6 * HOUR - 60);
  expect(activity.readable(6 * HOUR)).toBeUndefined();
  activity.touch(5 * HOUR);
  expect(activity.readable(10 * HOUR)).toBe(10 * HOUR);
});

test("after it wakes up its datapoints are up to a quarter of an hour late, and then as usual", () => {
  const activity = createActivity("orders", 1, 0);
  activity.touch(8 * HOUR);
  const first = activity.readable(8 * HOUR + 60) ?? 0;
  expect(first).toBeGreaterThan(8 * HOUR + 300);
  expect(first).toBeLessThanOrEqual(8 * HOUR + 900);
  expect(activity.readable(8 * HOUR + 120)).toBe(first);
  expect(activity.readable(8 * HOUR + 960)).toBe(8 * HOUR + 960);
});
