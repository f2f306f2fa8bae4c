import { Throttled } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { inBatches } from "./batches.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A batch that takes at most `taking` items a call, and writes down what it was sent and how long was waited. */
function recorded(size: number, taking: number) {
  const calls: (readonly number[])[] = [];
  const pauses: number[] = [];
  const send = async (items: readonly number[]) => {
    calls.push(items);
    return items.slice(taking);
  };
  const pause = async (milliseconds: number) => pauses.push(milliseconds);
  return { calls, pauses, run: (items: readonly number[]) => inBatches(items, { size, send }, pause) };
}

describe("inBatches", () => {
  test.each([
    ["what fits", [4, 4, 2], [[4, 4, 2]]],
    ["what does not fit together", [6, 5, 5], [[6], [5, 5]]],
    ["more than are taken at a time", [1, 1, 1, 1], [[1, 1, 1], [1]]],
    ["what is too heavy by itself", [2, 11, 2], [[2], [11], [2]]],
  ])("batches weigh no more than they may: %s", async (_, items, batches) => {
    const calls: (readonly number[])[] = [];
    const send = async (some: readonly number[]) => {
      calls.push(some);
      return [];
    };
    await inBatches(items, { size: 3, weight: { of: (item) => item, most: 10 }, send });
    expect(calls).toEqual(batches);
  });

  test.each([
    [0, []],
    [1, [1]],
    [25, [25]],
    [26, [25, 1]],
    [60, [25, 25, 10]],
  ])("%i items are sent once each, at most 25 at a time", async (count, sizes) => {
    const { calls, pauses, run } = recorded(25, 25);
    await run(upTo(count));
    expect(calls.map((call) => call.length)).toEqual(sizes);
    expect(calls.flat()).toEqual(upTo(count));
    expect(pauses).toEqual([]);
  });

  test("what is left over is sent again, after ever longer pauses", async () => {
    const { calls, pauses, run } = recorded(25, 6);
    await run(upTo(25));
    expect(calls).toEqual([0, 6, 12, 18, 24].map((from) => upTo(25).slice(from)));
    expect(pauses).toEqual([50, 100, 200, 400]);
  });

  test("after five tries it gives up", async () => {
    const { calls, run } = recorded(25, 4);
    await expect(run(upTo(25))).rejects.toThrow(new Throttled("5 of 25 items were still refused after 5 tries"));
    expect(calls.length).toBe(5);
  });

  test("an error is not tried again", async () => {
    const broken = new TypeError("broken");
    const send = () => Promise.reject(broken);
    await expect(inBatches([1], { size: 1, send }, async () => undefined)).rejects.toBe(broken);
  });
});
