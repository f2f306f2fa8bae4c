import { describe, expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { createDeliveries, type DeliveryOptions } from "./deliveries.ts";
import type { ForecastDue } from "./forecast-deliveries.ts";
import { createInvocations } from "./invocations.ts";
import { createMeter } from "./meter.ts";

const MINUTE = 60;
const HOUR = 3600;
/** 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;

type Letter = { type: string; body: string; cause: string };

function scheduled(options: Partial<DeliveryOptions> = {}) {
  const clock = createClock(START);
  const meter = createMeter();
  const { invoke } = createInvocations();
  const buried: Letter[] = [];
  const queue = { connect: () => undefined };
  const queues = { alarms: queue, shards: queue, bury: (letters: readonly Letter[]) => buried.push(...letters) };
  const deliveries = createDeliveries({ clock, seed: 1, meter, invoke, options, queues });
  const seen: (ForecastDue & { received: number })[] = [];
  const forecastHandler = async (event: ForecastDue) => seen.push({ ...event, received: clock.now() });
  const run = (seconds: number, handler: (event: ForecastDue) => Promise<unknown> = forecastHandler) =>
    deliveries.run({ for: seconds, handler: async () => undefined, forecastHandler: handler });
  return { clock, meter, buried, seen, run, onEvent: deliveries.onEvent };
}

const iso = (at: number) => new Date(at * 1000).toISOString();
const demoted = (type = "headroom.forecast.demoted") => ({
  type,
  metadata: { version: 1 as const, id: "web@1#predictive", at: iso(START), fleet: "shop" },
  data: { target: "web", policy: "predictive", why: "it was wrong" },
});

describe("forecasts are due", () => {
  test("every quarter of an hour, a little late, and each is paid for", async () => {
    const twin = scheduled({ duplicates: 0 });
    const ticks = 60;
    await twin.run(HOUR);
    expect(twin.seen.map(({ version, at }) => ({ version, at }))).toEqual(
      [0, 15, 30, 45].map((minute) => ({ version: 1, at: iso(START + minute * MINUTE) })),
    );
    const late = twin.seen.map(({ at, received }) => received - Date.parse(at) / 1000);
    expect(Math.min(...late)).toBeGreaterThan(0);
    expect(Math.max(...late)).toBeLessThan(10);
    expect(twin.meter.used().schedulerInvocations).toBe(ticks + 4);
  });

  test("at least once", async () => {
    const twin = scheduled({ duplicates: 1 });
    await twin.run(15 * MINUTE);
    expect(twin.seen.map(({ at }) => at)).toEqual([iso(START), iso(START)]);
  });

  test("when one was demoted, of its target alone and at once", async () => {
    const twin = scheduled({ duplicates: 0 });
    await twin.run(10);
    twin.onEvent(demoted());
    twin.onEvent(demoted("headroom.forecast.promoted"));
    await twin.run(60);
    const [, again, ...others] = twin.seen;
    expect(others).toEqual([]);
    expect(again).toMatchObject({ version: 1, target: "web", at: iso(START + 10) });
    expect((again?.received ?? 0) - START - 10).toBeLessThanOrEqual(1);
  });

  test("those that come to nothing are dead letters with their cause", async () => {
    const twin = scheduled({ duplicates: 0 });
    const found = await twin.run(60, () => Promise.reject(new Error("no table")));
    expect(twin.buried).toEqual([
      {
        type: "headroom.forecast.due",
        body: JSON.stringify({ version: 1, at: iso(START) }),
        cause: "Error: no table",
      },
    ]);
    expect(found.errors).toHaveLength(1);
    expect(found.failed).toBe(0);
  });
});
