import type { CloudwatchSignal, MathSignal, MetricSignal } from "@headroom/decisions/config/signals";
import { Invalid } from "@headroom/decisions/errors";
import type { Point, SignalAnswer } from "@headroom/decisions/model";
import { evaluateMath, type Series } from "./metric-math.ts";
import { stream } from "./random.ts";
import { merge, type Sample, statisticOf } from "./samples.ts";

const MINUTE = 60;

/** What identifies a metric. */
export type Metric = { namespace: string; metric: string; dimensions: Readonly<Record<string, string>> };

/** A metric of which more is kept than of others, and how much: seconds. */
export type Kept = { metric: Metric; retention: number };

export type MetricsOptions = {
  seed: number;
  /** Seconds that minutes are kept, and those of some metrics longer: nobody reads the others further back. */
  retention: number;
  longer: readonly Kept[];
  /** Seconds after a minute's end at which its datapoint becomes readable: between the first and the second. */
  delay: readonly [number, number];
  /** Share of the datapoints that are incomplete when they become readable. */
  partial: number;
  /** Share of the periods that are lost on the way, of each metric for itself. */
  missing: number;
};

/** AWS's one-minute metrics are readable about two minutes after the fact. */
export const likeCloudWatch = { retention: 3 * 3600, longer: [], delay: [60, 120], partial: 0.3, missing: 0 } as const;

/** Seconds of the periods in which applications push their own metrics, at high resolution. */
export const PUSHED_SECONDS = 10;

/** Assumption: what is pushed can be read about as soon as PutMetricData has answered. */
const PUSHED_DELAY = [1, 3] as const;

/** One minute of a metric, or ten seconds of one that is pushed: from `readable` on a part of it can be read, from `complete` on all. */
type Bucket = { at: number; sample: Sample; readable: number; complete: number; part: number };

/** A span in which nothing was published: of every metric, or of those of one namespace. */
export type Outage = { from: number; until: number; namespace?: string | undefined };

function keyOf({ namespace, metric, dimensions }: Metric): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metric, sorted]);
}

/** What an incomplete datapoint shows of its samples: fewer of them, with the same mean. */
function partOf(sample: Sample, share: number): Sample {
  const count = Math.max(Math.min(1, sample.count), Math.floor(sample.count * share));
  return { ...sample, count, sum: sample.count === 0 ? 0 : (sample.sum * count) / sample.count };
}

function asRead(bucket: Bucket, now: number): Sample | undefined {
  if (now < bucket.readable) return undefined;
  return now < bucket.complete ? partOf(bucket.sample, bucket.part) : bucket.sample;
}

/**
 * CloudWatch as it is: minutes with their statistics, readable only a while after they are over and sometimes incomplete
 * at first. A minute without samples has no datapoint, and a metric that nobody published is an empty series.
 */
export function createMetrics(options: MetricsOptions) {
  const minutes = new Map<string, Bucket[]>();
  const outages: Outage[] = [];
  const longer = new Map(options.longer.map(({ metric, retention }) => [keyOf(metric), retention]));

  function retentionOf(key: string): number {
    return Math.max(options.retention, longer.get(key) ?? 0);
  }

  function delayed(key: string, at: number, sample: Sample, ended: number): Bucket {
    const random = stream(options.seed, `delay ${key} ${at}`);
    const readable = ended + random.uniform(...options.delay);
    const isPartial = random.chance(options.partial);
    const complete = isPartial ? readable + random.uniform(20, 60) : readable;
    return { at, sample, readable, complete, part: random.uniform(0.3, 0.9) };
  }

  function prompt(key: string, at: number, sample: Sample): Bucket {
    const delay = stream(options.seed, `delay ${key} ${at}`).uniform(...PUSHED_DELAY);
    const readable = at + PUSHED_SECONDS + delay;
    return { at, sample, readable, complete: readable, part: 1 };
  }

  function lost(metric: Metric, key: string, at: number): boolean {
    if (options.missing > 0 && stream(options.seed, `missing ${key} ${at}`).chance(options.missing)) return true;
    return outages.some(
      ({ from, until, namespace }) =>
        from <= at && at < until && (namespace === undefined || namespace === metric.namespace),
    );
  }

  function forget(buckets: Bucket[], at: number, retention: number): void {
    // Often enough to bound memory, seldom enough to cost nothing.
    const oldest = at - retention;
    if ((buckets[0]?.at ?? at) < oldest - 10 * MINUTE) {
      buckets.splice(
        0,
        buckets.findIndex((bucket) => bucket.at >= oldest),
      );
    }
  }

  function keep(metric: Metric, at: number, made: (key: string) => Bucket): void {
    const key = keyOf(metric);
    if (lost(metric, key, at)) return;
    const buckets = minutes.get(key) ?? [];
    if (!minutes.has(key)) minutes.set(key, buckets);
    forget(buckets, at, retentionOf(key));
    buckets.push(made(key));
  }

  /** Samples of each period that started at or after `since`, by its start. */
  function periods(signal: Metric & { period: number }, since: number, now: number): Map<number, Sample[]> {
    const found = new Map<number, Sample[]>();
    const key = keyOf(signal);
    const buckets = minutes.get(key) ?? [];
    const oldest = now - retentionOf(key);
    const first = buckets.findLastIndex((bucket) => bucket.at < since) + 1;
    for (const bucket of buckets.slice(first)) {
      const start = Math.floor(bucket.at / signal.period) * signal.period;
      const sample = asRead(bucket, now);
      if (sample === undefined || start < since || bucket.at < oldest) continue;
      const samples = found.get(start);
      if (samples === undefined) found.set(start, [sample]);
      else samples.push(sample);
    }
    return found;
  }

  type Asked = Metric & Pick<CloudwatchSignal, "statistic" | "period">;

  function statistics(asked: Asked, since: number, now: number): Extract<SignalAnswer, { is: "series" }> {
    const points: Point[] = [];
    for (const [at, samples] of periods(asked, since, now)) {
      const sample = merge(samples);
      const value = statisticOf(sample, asked.statistic);
      points.push(sample.perUnit ? { at, value, units: Math.round(sample.count / samples.length) } : { at, value });
    }
    return { is: "series", period: asked.period, points };
  }

  function seriesOf(asked: Asked, since: number, now: number): Series {
    return new Map(statistics(asked, since, now).points.map(({ at, value }) => [at, Number(value)]));
  }

  /** Metric math, which CloudWatch evaluates over what it can read. An expression that it cannot read fails alone. */
  function calculated({ expression, metrics: named, period }: MathSignal, since: number, now: number): SignalAnswer {
    const first = Math.ceil(since / period) * period;
    const count = Math.max(0, Math.floor((now - first) / period) + 1);
    const all = Array.from({ length: count }, (_, index) => first + index * period);
    const series = new Map(
      Object.entries(named).map(([id, metric]) => [id, seriesOf({ ...metric, period }, since, now)]),
    );
    try {
      const result = [...evaluateMath(expression, { series, periods: all, period })].sort(([a], [b]) => a - b);
      return { is: "series", period, points: result.map(([at, value]) => ({ at, value })) };
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return { is: "failed", why: error.message };
    }
  }

  return {
    /**
     * Takes the samples of the minute that began at `at`, once a minute. Its lateness begins at `ended`: where CloudWatch
     * itself is late, that is after its end.
     */
    publish(metric: Metric, at: number, sample: Sample, ended = at + MINUTE): void {
      keep(metric, at, (key) => delayed(key, at, sample, ended));
    },
    /** Takes what an application pushed of the ten seconds that began at `at`. */
    push(metric: Metric, at: number, sample: Sample): void {
      keep(metric, at, (key) => prompt(key, at, sample));
    },
    /** Nothing is published for the minutes that begin within the outage. */
    lose(outage: Outage): void {
      outages.push(outage);
    },
    /** Forgets everything that was published. */
    clear(): void {
      minutes.clear();
    },
    /** The periods that started at or after `since`, as far as they can be read at `now`. */
    read(signal: MetricSignal, since: number, now: number): SignalAnswer {
      return signal.source === "math" ? calculated(signal, since, now) : statistics(signal, since, now);
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
