import { Throttled } from "@headroom/decisions/errors";
import { expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { createThrottles, likeAws } from "./throttles.ts";

function throttled() {
  const clock = createClock(1000);
  return { clock, ...createThrottles(clock, { lambda: { burst: 3, refill: 0.5 } }) };
}

const admitted = ({ admits }: ReturnType<typeof throttled>, calls: number) =>
  Array.from({ length: calls }, () => admits("lambda")).filter(Boolean).length;

test("a bucket is full at first, empty after its burst, and refills with time up to its burst", async () => {
  const seen = throttled();
  expect(admitted(seen, 5)).toBe(3);
  await seen.clock.advanceTo(1003.9);
  expect(admitted(seen, 5)).toBe(1);
  await seen.clock.advanceTo(9000);
  expect(admitted(seen, 5)).toBe(3);
});

test("buckets are apart, and taking from an empty one throws", () => {
  const seen = throttled();
  expect(admitted(seen, 3)).toBe(3);
  expect(() => seen.take("lambda")).toThrow(Throttled);
  const { burst } = likeAws["ecs changes"];
  for (let call = 0; call < burst; call += 1) seen.take("ecs changes");
  expect(() => seen.take("ecs changes")).toThrow(Throttled);
  expect(() => seen.take("ecs reads")).not.toThrow();
});

test("goes on from a snapshot", () => {
  const seen = throttled();
  admitted(seen, 3);
  const other = throttled();
  other.restore(JSON.parse(JSON.stringify(seen.snapshot())));
  expect(other.admits("lambda")).toBe(false);
});
