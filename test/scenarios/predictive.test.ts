import { fleet as fleetOf } from "@headroom/decisions/config/fleet";
import { stream } from "@headroom/twin/random";
import { same } from "@headroom/twin/samples";
import type { Trace } from "@headroom/twin/workloads/trace";
import { createTwin } from "@headroom/twin/world";
import { expect, it } from "vitest";
import { forecastFunction } from "#functions/forecast";
import { tickFunction } from "#functions/tick";
import { context, keptLog } from "../builders/lambda.ts";

// Probation over the whole loop: schedule, history through CloudWatch, forecasts in the store, ticks that judge them,
// events on the bus and the rule that has them made anew.

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
/** Monday 2026-01-05T00:00:00Z. */
const START = 1_767_571_200;

const requests = { namespace: "AWS/ApplicationELB", metric: "RequestCount", dimensions: { TargetGroup: "web" } };
const signal = { source: "cloudwatch" as const, ...requests, statistic: "Sum" as const };

const fleet = fleetOf.decode({
  name: "shop",
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web" },
      mode: "control",
      min: 1,
      max: 100,
      warmUp: "2m",
      policies: [
        { kind: "target-tracking", of: "total", target: 600, signals: [signal] },
        { kind: "predictive", target: 600, signal },
      ],
      simulation: { workload: "service", perUnit: 20, startUp: "90s", initial: 20, traffic: { mean: 100 } },
    },
  },
});

/** Requests of a minute: a wave a day with noise, five times as high from an instant on. */
function requestsAt(at: number, shift: number): number {
  const wave = 6000 * (1 - 0.4 * Math.cos((2 * Math.PI * (at - START)) / DAY));
  return Math.round(wave * (1 + 0.05 * stream(1, `minute ${at}`).normal()) * (at >= shift ? 5 : 1));
}

/** What is played from the beginning on; a replayed trace has no past, so CloudWatch is given one. */
function shifted(hours: number, shift: number) {
  const values = Array.from({ length: hours * 60 }, (_, minute) => requestsAt(START + minute * MINUTE, shift));
  const trace: Trace = { file: "shifted.csv", start: START, interval: MINUTE, values, gaps: [] };
  const twin = createTwin({ fleet, seed: 1, start: START, traces: new Map([["web", trace]]) });
  for (let at = START - 5 * DAY; at < START; at += MINUTE) {
    twin.account.metrics.publish(requests, at, same(1, requestsAt(at, shift)));
  }
  return twin;
}

async function play(hours: number, shift: number) {
  const twin = shifted(hours, shift);
  const { log } = keptLog();
  const [tick, forecast] = [tickFunction(twin.world, fleet, log), forecastFunction(twin.world, fleet, log)];
  const made: { at: string; target?: string }[] = [];
  const delivered = await twin.deliveries.run({
    for: hours * HOUR,
    handler: (event) => tick(event, context()),
    forecastHandler(event) {
      made.push(event);
      return forecast(event, context());
    },
  });
  const standings = twin
    .published()
    .filter(({ type }) => type.startsWith("headroom.forecast."))
    .map(({ type, metadata, data }) => ({ type, at: Date.parse(metadata.at) / 1000, data }));
  return { twin, made, delivered, standings };
}

/** What the last record of the hour before `at` says of the forecast. */
async function outlookBefore({ world }: ReturnType<typeof createTwin>, at: number) {
  const records = await world.stores.records.list("web", { from: at - HOUR, to: at, limit: 60 });
  const last = records.toSorted((a, b) => a.input.at - b.input.at).at(-1);
  return last?.input.outlooks.predictive;
}

/** The shift is two hours after the beginning; then new errors have to weigh more than those before it was learnt. */
const HOURS = 24;

it("a load that shifts puts its forecast on probation within the hour, and it comes back by itself", async () => {
  const shift = START + 2 * HOUR;
  const { twin, made, delivered, standings } = await play(HOURS, shift);
  expect(delivered).toMatchObject({ failed: 0, rejected: 0, errors: [] });
  expect(twin.deadLetters()).toEqual([]);

  const [demoted, promoted, ...others] = standings;
  expect(others).toEqual([]);
  expect(demoted).toMatchObject({ type: "headroom.forecast.demoted", data: { target: "web", policy: "predictive" } });
  expect(demoted?.at).toBeGreaterThan(shift);
  expect(demoted?.at).toBeLessThanOrEqual(shift + HOUR);
  expect(promoted).toMatchObject({ type: "headroom.forecast.promoted", data: { target: "web", policy: "predictive" } });

  const end = START + HOURS * HOUR;
  expect(await outlookBefore(twin, shift)).toMatchObject({ is: "forecast", probation: null });
  expect(await outlookBefore(twin, promoted?.at ?? 0)).toMatchObject({ probation: demoted?.data.why });
  const outlook = await outlookBefore(twin, end);
  expect(outlook).toMatchObject({ is: "forecast", probation: null });
  expect(outlook?.is === "forecast" ? outlook.ahead / requestsAt(end, shift) : 0).toBeCloseTo(1, 0);

  // The quarters of an hour, and the one target whose forecast was demoted.
  expect(made.filter(({ target }) => target === undefined).length).toBeGreaterThanOrEqual(4 * HOURS);
  expect(made.filter(({ target }) => target === "web")).toHaveLength(1);
});
