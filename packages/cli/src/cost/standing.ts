import type { Fleet } from "@headroom/decisions/config/fleet";
import { predictedTargets } from "@headroom/decisions/predicted";
import { type WakeAlarm, wakeAlarms } from "@headroom/decisions/wake";
import { RECORDS_KEPT_SECONDS } from "@headroom/loops/world";
import { MONTH_SECONDS, type Standing } from "@headroom/twin/bill";
import { PASS_METRICS } from "../../../../functions/pass.ts";
import type { Played } from "./play.ts";

/** Metrics that the alarms in `infra/watch.ts` look at; two more where forecasts are made. */
const WATCHED_METRICS = { always: 11, forecasts: 2 };

export function watchedMetrics(fleet: Fleet): number {
  return WATCHED_METRICS.always + (predictedTargets(fleet).length > 0 ? WATCHED_METRICS.forecasts : 0);
}

/** Metrics of passes: of the tick, or of the shards of a large fleet, and of alarms where there are any. */
function passMetrics(fleet: Fleet): number {
  const functions = 1 + (wakeAlarms(fleet, "production").length > 0 ? 1 : 0);
  return functions * PASS_METRICS.length;
}

/** `infra/dashboard.ts` */
export const DASHBOARDS = 1;

/** An alarm on periods below a minute costs three times as much (infracost, 2026-08-21). */
const HIGH_RESOLUTION = 3;

/** Our line and Lambda's own of one invocation (assumption of research/performance.md). */
const LOG_BYTES = 2048;

const GIGABYTE = 2 ** 30;

function metricsOf({ signal }: WakeAlarm): number {
  const metrics = signal.source === "math" ? Object.keys(signal.metrics).length : 1;
  return signal.period < 60 ? HIGH_RESOLUTION * metrics : metrics;
}

/** What is there in a month besides what the meter counts; records as many as there are once the oldest of them expire. */
export function standingOf(fleet: Fleet, { used, seconds, recordBytes }: Played): Standing {
  const wakes = wakeAlarms(fleet, "production").reduce((sum, alarm) => sum + metricsOf(alarm), 0);
  return {
    alarmMetrics: watchedMetrics(fleet) + wakes,
    customMetrics: passMetrics(fleet),
    dashboards: DASHBOARDS,
    logGigabytes: (used.lambdaInvocations * LOG_BYTES * MONTH_SECONDS) / seconds / GIGABYTE,
    storedGigabytes: (recordBytes * RECORDS_KEPT_SECONDS) / seconds / GIGABYTE,
  };
}
