import type { Billable, Usage } from "./meter.ts";
import { type Item, type Price, prices } from "./prices.ts";

/** Seconds of a month, as AWS's own calculators count it: 730 hours. */
export const MONTH_SECONDS = 730 * 3600;

/** How many of each item in a month. */
export type Quantities = { [What in Item]: number };

/** What is there however much is done, or what no meter counts; of a whole month. */
export type Standing = Pick<
  Quantities,
  "alarmMetrics" | "customMetrics" | "dashboards" | "logGigabytes" | "storedGigabytes"
>;

/** As what the things are paid for that the meter counts; null for what costs nothing, or is in `Standing`. */
const PAID_AS: { readonly [What in Billable]: Exclude<Item, keyof Standing> | null } = {
  metricsRead: "metricsRead",
  metricDataCalls: null, // billed by metric
  sqsRequests: "sqsRequests",
  capacityReads: null, // describe and update calls of ECS, Auto Scaling and Lambda are free
  capacityWrites: null,
  dynamoReads: "dynamoReads",
  dynamoWrites: "dynamoWrites",
  eventsPublished: "events",
  lambdaInvocations: "lambdaRequests",
  lambdaMilliseconds: "lambdaMilliseconds",
  alarmMinutes: null, // by metric in `Standing`: an alarm on metric math costs as many as it watches
  schedulerInvocations: "schedulerInvocations",
};

const nothing: Quantities = {
  ...{
    metricsRead: 0,
    alarmMetrics: 0,
    customMetrics: 0,
    dashboards: 0,
    lambdaRequests: 0,
    lambdaMilliseconds: 0,
    dynamoReads: 0,
  },
  ...{ dynamoWrites: 0, storedGigabytes: 0, sqsRequests: 0, events: 0, schedulerInvocations: 0, logGigabytes: 0 },
};

/**
 * What a month takes in which everything goes on as in the `seconds` in which this was used.
 * @returns of what is used nothing when no time has passed
 */
export function monthOf(used: Usage, seconds: number, standing: Standing): Quantities {
  const month: Quantities = { ...nothing, ...standing };
  const times = seconds > 0 ? MONTH_SECONDS / seconds : 0;
  const metered: Record<string, number> = used;
  for (const [what, item] of Object.entries(PAID_AS)) if (item !== null) month[item] += (metered[what] ?? 0) * times;
  return month;
}

/** One item of a bill: how many, what they cost in US dollars, and what that is in an account that uses nothing else. */
export type Line = { item: Item; quantity: number; usd: number; afterFreeTier: number };

/** US dollars a month, the largest line first. */
export type Bill = { lines: Line[]; usd: number; afterFreeTier: number };

function lineOf(item: Item, quantity: number): Line {
  const { usd, per, free }: Price = prices[item];
  const costs = (count: number) => (count * usd) / per;
  return { item, quantity, usd: costs(quantity), afterFreeTier: costs(Math.max(0, quantity - free)) };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}

/** What these cost at list prices. It is additive: two bills together are the bill of both, but for the free tier. */
export function billOf(month: Quantities): Bill {
  const lines = [
    lineOf("metricsRead", month.metricsRead),
    lineOf("alarmMetrics", month.alarmMetrics),
    lineOf("customMetrics", month.customMetrics),
    lineOf("dashboards", month.dashboards),
    lineOf("lambdaRequests", month.lambdaRequests),
    lineOf("lambdaMilliseconds", month.lambdaMilliseconds),
    lineOf("dynamoReads", month.dynamoReads),
    lineOf("dynamoWrites", month.dynamoWrites),
    lineOf("storedGigabytes", month.storedGigabytes),
    lineOf("sqsRequests", month.sqsRequests),
    lineOf("events", month.events),
    lineOf("schedulerInvocations", month.schedulerInvocations),
    lineOf("logGigabytes", month.logGigabytes),
  ].sort((a, b) => b.usd - a.usd);
  return { lines, usd: sum(lines.map(({ usd }) => usd)), afterFreeTier: sum(lines.map((line) => line.afterFreeTier)) };
}
