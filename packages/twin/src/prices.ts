import type { Billable, Usage } from "./meter.ts";

/** What a number of units cost, in US dollars. */
type Price = { usd: number; per: number };

const MILLION = 1_000_000;
/** Seconds of a month, as AWS's own calculators count it: 730 hours. */
const MONTH = 730 * 3600;
/** Lambda functions of the control plane have so many GB (research/performance.md, cost model). */
const LAMBDA_GB = 0.5;
const MINUTES_A_MONTH = MONTH / 60;
const nothing: Price = { usd: 0, per: 1 };

/**
 * AWS's list prices in us-east-1, without free tiers, as research/performance.md found them on 2026-11-22 (its sources in
 * brackets; the AWS price pages themselves could not be opened).
 */
export const prices: { readonly [What in Billable]: Price } = {
  /** GetMetricData: $0.01 per 1,000 metrics, never free (site24x7; re:Post). */
  metricsRead: { usd: 0.01, per: 1000 },
  /** The call itself costs nothing beyond its metrics (as above). */
  metricDataCalls: nothing,
  /** Standard queues: $0.40 a million (infracost, price list of 2026-08-21). */
  sqsRequests: { usd: 0.4, per: MILLION },
  /** Describe and update calls of ECS, Auto Scaling and Lambda are free (cost model, 2026-11-22). */
  capacityReads: nothing,
  capacityWrites: nothing,
  /** On demand: $0.125 a million strongly consistent 4 KB (infracost, 2026-08-21). */
  dynamoReads: { usd: 0.125, per: MILLION },
  /** On demand: $0.625 a million 1 KB (infracost, 2026-08-21). */
  dynamoWrites: { usd: 0.625, per: MILLION },
  /** Custom events: $1.00 a million; AWS's own, alarms among them, are free (infracost, 2026-08-21). */
  eventsPublished: { usd: 1, per: MILLION },
  /** $0.20 a million requests (infracost, 2026-08-21). */
  lambdaInvocations: { usd: 0.2, per: MILLION },
  /** arm64: $0.0000133334 a GB-second (infracost, 2026-08-21). */
  lambdaMilliseconds: { usd: 0.000_013_333_4 * LAMBDA_GB, per: 1000 },
  /** $0.10 a month for a standard alarm on one metric (infracost, 2026-08-21). */
  alarmMinutes: { usd: 0.1, per: MINUTES_A_MONTH },
  /** $1.00 a million; 14 million a month are free and are not taken off here (cloudburn, 2026-03). */
  schedulerInvocations: { usd: 1, per: MILLION },
};

/** US dollars a month: of each kind of usage, and in all. */
export type MonthlyCost = { total: number; by: Record<Billable, number> };

/**
 * What a month costs in which everything goes on as in the `seconds` in which this was used.
 * @returns nothing but zeros when no time has passed
 */
export function monthlyCost(usage: Usage, seconds: number): MonthlyCost {
  const months = seconds / MONTH;
  const cost = (what: Billable) => (months > 0 ? (usage[what] * prices[what].usd) / prices[what].per / months : 0);
  const by = {
    metricsRead: cost("metricsRead"),
    metricDataCalls: cost("metricDataCalls"),
    sqsRequests: cost("sqsRequests"),
    capacityReads: cost("capacityReads"),
    capacityWrites: cost("capacityWrites"),
    dynamoReads: cost("dynamoReads"),
    dynamoWrites: cost("dynamoWrites"),
    eventsPublished: cost("eventsPublished"),
    lambdaInvocations: cost("lambdaInvocations"),
    lambdaMilliseconds: cost("lambdaMilliseconds"),
    alarmMinutes: cost("alarmMinutes"),
    schedulerInvocations: cost("schedulerInvocations"),
  };
  return { total: Object.values(by).reduce((sum, each) => sum + each, 0), by };
}
