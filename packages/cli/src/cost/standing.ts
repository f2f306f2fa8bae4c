import type { Fleet } from "@headroom/decisions/config/fleet";
import { type WakeAlarm, wakeAlarms } from "@headroom/decisions/wake";
import { RECORDS_KEPT_SECONDS } from "@headroom/loops/world";
import { MONTH_SECONDS, type Standing } from "@headroom/twin/bill";
import type { Played } from "./play.ts";

/** Metrics that the alarms in `infra/watch.ts` look at: one each. */
export const WATCHED_METRICS = 11;

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
    alarmMetrics: WATCHED_METRICS + wakes,
    dashboards: DASHBOARDS,
    logGigabytes: (used.lambdaInvocations * LOG_BYTES * MONTH_SECONDS) / seconds / GIGABYTE,
    storedGigabytes: (recordBytes * RECORDS_KEPT_SECONDS) / seconds / GIGABYTE,
  };
}
