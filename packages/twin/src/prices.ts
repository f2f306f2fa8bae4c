/**
 * What AWS asks for one kind of thing: so many US dollars for so many, in whole or in part. `free` are those of each month
 * that AWS gives to every account for ever; the account has them once, for everything that is in it.
 */
export type Price = { usd: number; per: number; free: number };

/** When the prices below were looked up. */
export const PRICES_OF = "2026-11-22";

const THOUSAND = 1000;
const MILLION = 1_000_000;

/** Lambda functions of the control plane have so many GB: `infra/functions.ts` says 512 MB. */
export const LAMBDA_GB = 0.5;

/** Of GB-seconds of Lambda on arm64, and how many of them a month are free. */
const GB_SECOND_USD = 0.000_013_333_4;
const FREE_GB_SECONDS = 400_000;

/**
 * AWS's list prices in us-east-1, as research/performance.md found them (its sources in brackets; the AWS price pages
 * themselves could not be opened).
 */
export const prices = {
  /** GetMetricData bills metrics, not calls, and none are free (site24x7; re:Post). */
  metricsRead: { usd: 0.01, per: THOUSAND, free: 0 },
  /** Alarms, a month and for each metric that they watch (infracost, 2026-08-21); ten are free (api-evangelist, 2026-05). */
  alarmMetrics: { usd: 0.1, per: 1, free: 10 },
  /** A month each, of the first 10,000 (api-evangelist, 2026-05); ten are free (as alarms). */
  customMetrics: { usd: 0.3, per: 1, free: 10 },
  /** A month each; three are free (nishinoshake/aws-rough, 2022; the number that is free is from memory). */
  dashboards: { usd: 3, per: 1, free: 3 },
  /** (infracost, 2026-08-21; free tier: api-evangelist, 2026-09-20) */
  lambdaRequests: { usd: 0.2, per: MILLION, free: MILLION },
  /** At the memory above, arm64 (as requests). */
  lambdaMilliseconds: { usd: GB_SECOND_USD * LAMBDA_GB, per: THOUSAND, free: (FREE_GB_SECONDS / LAMBDA_GB) * THOUSAND },
  /** On demand, strongly consistent, 4 KB (infracost, 2026-08-21). */
  dynamoReads: { usd: 0.125, per: MILLION, free: 0 },
  /** On demand, 1 KB (infracost, 2026-08-21). */
  dynamoWrites: { usd: 0.625, per: MILLION, free: 0 },
  /** GB-months: $0.25 for the table (infracost, 2026-08-21) and $0.20 for point-in-time recovery (from memory). */
  storedGigabytes: { usd: 0.45, per: 1, free: 0 },
  /** Standard queues (infracost, 2026-08-21); the free million is from memory. */
  sqsRequests: { usd: 0.4, per: MILLION, free: MILLION },
  /** Custom events; AWS's own, alarms among them, cost nothing (infracost, 2026-08-21). */
  events: { usd: 1, per: MILLION, free: 0 },
  /** (cloudburn, 2026-03) */
  schedulerInvocations: { usd: 1, per: MILLION, free: 14 * MILLION },
  /** Ingested (infracost, 2026-08-21); five are free (from memory). */
  logGigabytes: { usd: 0.5, per: 1, free: 5 },
} as const satisfies Record<string, Price>;

/** What is paid for. */
export type Item = keyof typeof prices;
