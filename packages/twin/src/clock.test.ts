import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("runs what is booked at its instant, in order, ties in the order of booking", async () => {
  const clock = createClock(100);
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name} at ${clock.now()}`);
  clock.at(130, note("late"));
  clock.at(110, note("first"));
  clock.at(110, note("second"));
  clock.at(90, note("overdue"));
  await clock.advanceTo(120);
  expect(seen).toEqual(["overdue at 100", "first at 110", "second at 110"]);
  expect(clock.now()).toBe(120);
});

test("waits for what it runs, and runs what that books within the time it moves over", async () => {
  const clock = createClock(0);
  const seen: number[] = [];
  clock.at(10, async () => {
    await undefined;
    clock.pass(5);
    clock.at(12, () => seen.push(clock.now()));
  });
  await clock.advanceTo(60);
  expect(seen).toEqual([15]);
  expect(clock.now()).toBe(60);
});

test("never goes back", async () => {
  const clock = createClock(50);
  clock.pass(-10);
  await clock.advanceTo(20);
  expect(clock.now()).toBe(50);
});

test("refuses to be moved from within what it runs", async () => {
  const clock = createClock(0);
  clock.at(1, () => clock.advanceTo(5));
  await expect(clock.advanceTo(2)).rejects.toThrow("moving already");
  await clock.advanceTo(3);
  expect(clock.now()).toBe(3);
});
