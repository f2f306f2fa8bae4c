import { Invalid, InvalidEvent } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { createDeliveries, type DeliveryOptions } from "./deliveries.ts";
import { createInvocations } from "./invocations.ts";
import { createMeter } from "./meter.ts";

const HOUR = 3600;
/** 2026-01-05T12:00:30Z. */
const START = 1_767_614_430;

type Letter = { type: string; body: string; cause: string };

function scheduled(options: Partial<DeliveryOptions> = {}, seed = 1) {
  const clock = createClock(START);
  const meter = createMeter();
  const { invoke, die } = createInvocations();
  const buried: Letter[] = [];
  const queue = { connect: () => undefined };
  const queues = { alarms: queue, shards: queue, bury: (letters: readonly Letter[]) => buried.push(...letters) };
  const deliveries = createDeliveries({ clock, seed, meter, invoke, options, queues });
  const seen: { at: string; received: number }[] = [];
  const handler = async (event: { at: string }) => seen.push({ ...event, received: clock.now() });
  return { clock, meter, die, seen, buried, handler, ...deliveries };
}

const plain = { duplicates: 0, late: [0, 0] } as const;
const minute = (count: number) => new Date((START + 30 + count * 60) * 1000).toISOString();

describe("each minute", () => {
  test("one event with the instant that it was scheduled for", async () => {
    const twin = scheduled(plain);
    expect(await twin.run({ for: 180, handler: twin.handler })).toMatchObject({ delivered: 3, duplicated: 0 });
    expect(twin.seen).toEqual([0, 1, 2].map((count) => ({ at: minute(count), received: START + 30 + count * 60 })));
    expect(twin.clock.now()).toBe(START + 180);
    expect(twin.meter.used().schedulerInvocations).toBe(3);
  });

  test("once, though time goes by in several runs", async () => {
    const twin = scheduled({ duplicates: 0, late: [0, 100] });
    let delivered = 0;
    for (let run = 0; run < 20; run += 1) delivered += (await twin.run({ for: 90, handler: twin.handler })).delivered;
    delivered += (await twin.run({ for: 300, handler: twin.handler })).delivered;
    expect(delivered).toBe(twin.seen.length);
    const expected = Array.from({ length: 30 }, (_, count) => minute(count));
    expect(twin.seen.map(({ at }) => at).toSorted()).toEqual(expect.arrayContaining(expected));
    expect(new Set(twin.seen.map(({ at }) => at)).size).toBe(twin.seen.length);
  });

  test("a little late", async () => {
    const twin = scheduled({ duplicates: 0 });
    await twin.run({ for: HOUR, handler: twin.handler });
    const late = twin.seen.map(({ at, received }) => received - Date.parse(at) / 1000);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...late)).toBeLessThanOrEqual(6);
    expect(new Set(late).size).toBe(60);
  });
});

describe("at least once", () => {
  test("some come twice, at once or up to 40 s later", async () => {
    const twin = scheduled({ duplicates: 1, late: [0, 0] });
    expect(await twin.run({ for: 2 * HOUR, handler: twin.handler })).toMatchObject({ duplicated: 120 });
    const apart = new Map<string, number[]>();
    for (const { at, received } of twin.seen) apart.set(at, [...(apart.get(at) ?? []), received]);
    const gaps = [...apart.values()].slice(0, -1).map(([first = 0, second = 0]) => second - first);
    expect(gaps.filter((gap) => gap === 0).length).toBeGreaterThan(40);
    expect(gaps.filter((gap) => gap > 0).length).toBeGreaterThan(40);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(40);
    expect(twin.meter.used().schedulerInvocations).toBe(120);
  });

  test("of a day, about one in a hundred", async () => {
    const twin = scheduled();
    const { delivered, duplicated } = await twin.run({ for: 24 * HOUR, handler: twin.handler });
    expect(delivered).toBe(1440 + duplicated);
    expect(duplicated).toBeGreaterThan(5);
    expect(duplicated).toBeLessThan(30);
  });
});

test("the same seed delivers the same, another one other times", async () => {
  const run = async (seed: number) => {
    const twin = scheduled({}, seed);
    await twin.run({ for: HOUR, handler: twin.handler });
    return twin.seen;
  };
  expect(await run(1)).toEqual(await run(1));
  expect(await run(1)).not.toEqual(await run(2));
});

describe("how handlers end", () => {
  test("is counted, and told", async () => {
    const twin = scheduled(plain);
    const ends = [
      () => Promise.resolve("fine"),
      () => Promise.reject(new InvalidEvent("not for us")),
      () => Promise.reject(new Invalid("too large to keep")),
      () => Promise.reject(new Error("defect")),
      () => twin.die(),
    ];
    const told: string[] = [];
    const went = await twin.run({
      for: 300,
      handler: () => ends.shift()?.() ?? Promise.resolve(),
      onTick: (event, ended) => {
        told.push(`${event.at} ${ended.is}`);
      },
    });
    expect(went).toMatchObject({ delivered: 5, rejected: 1, failed: 2, crashed: 1 });
    expect(went.errors).toEqual([
      new InvalidEvent("not for us"),
      new Invalid("too large to keep"),
      new Error("defect"),
    ]);
    const is = ["done", "threw", "threw", "threw", "crashed"];
    expect(told).toEqual(is.map((each, index) => `${minute(index)} ${each}`));
    const causes = ["Invalid: not for us", "Invalid: too large to keep", "Error: defect", "the function died"];
    expect(twin.buried).toEqual(
      causes.map((cause, index) => ({
        ...{ type: "headroom.tick.due", cause },
        body: JSON.stringify({ at: minute(index + 1) }),
      })),
    );
  });

  test("a handler that is at work when a run ends costs the next run no event", async () => {
    const twin = scheduled(plain);
    const handler = async (event: { at: string }) => {
      await twin.handler(event);
      twin.clock.pass(70);
    };
    for (let run = 0; run < 6; run += 1) await twin.run({ for: 40, handler });
    expect(twin.seen.map(({ at }) => at)).toEqual([0, 1, 2, 3].map(minute));
  });

  test("a slow handler makes the next event late, and none is lost", async () => {
    const twin = scheduled(plain);
    await twin.run({
      for: 240,
      handler: async (event) => {
        await twin.handler(event);
        twin.clock.pass(70);
      },
    });
    expect(twin.seen.map(({ received }) => received - START)).toEqual([30, 100, 170, 240]);
  });
});

test("stragglers come minutes late, and others overtake them", async () => {
  const twin = scheduled({ ...plain, stragglers: 0.3, straggle: 200 });
  await twin.run({ for: 2 * HOUR, handler: twin.handler });
  const times = twin.seen.map(({ at }) => Date.parse(at));
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  const late = twin.seen.map(({ at, received }) => received - Date.parse(at) / 1000);
  expect(late.filter((seconds) => seconds > 60).length).toBeGreaterThan(10);
  expect(Math.max(...late)).toBeLessThanOrEqual(200);
});
