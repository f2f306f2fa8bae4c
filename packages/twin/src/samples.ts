import type { CloudwatchSignal } from "@headroom/decisions/config/signals";

export type Statistic = CloudwatchSignal["statistic"];

/** What is known of the samples of some time: their statistics, and roughly how they are distributed. */
export type Sample = {
  sum: number;
  count: number;
  min: number;
  max: number;
  /** Values, each with how often it occurs; without them the samples are all like their mean. */
  values?: readonly Weighted[] | undefined;
  /** The values are means of exponentially distributed samples, as waiting times are. */
  exponential?: boolean | undefined;
  /** Each sample is of one unit. */
  perUnit?: boolean | undefined;
};

export type Weighted = { value: number; weight: number };

/** `count` samples that are all `value`. */
export function same(value: number, count = 1): Sample {
  return { sum: value * count, count, min: value, max: value };
}

function valuesOf(sample: Sample): readonly Weighted[] {
  return sample.values ?? [{ value: sample.sum / sample.count, weight: sample.count }];
}

/** The samples of several minutes as those of one period. */
export function merge(samples: readonly Sample[]): Sample {
  const [first, ...others] = samples;
  if (first === undefined) return { sum: 0, count: 0, min: 0, max: 0 };
  if (others.length === 0) return first;
  return {
    sum: samples.reduce((sum, sample) => sum + sample.sum, 0),
    count: samples.reduce((sum, sample) => sum + sample.count, 0),
    min: Math.min(...samples.map(({ min }) => min)),
    max: Math.max(...samples.map(({ max }) => max)),
    values: samples.flatMap(valuesOf),
    exponential: first.exponential,
    perUnit: first.perUnit,
  };
}

/** The smallest value that this share of the samples does not exceed. */
function quantileOfValues(values: readonly Weighted[], share: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const wanted = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? 0;
}

/** The quantile of a mixture of exponential distributions with these means: the root of its tail, by bisection. */
function quantileOfMixture(means: readonly Weighted[], share: number): number {
  const total = means.reduce((sum, { weight }) => sum + weight, 0);
  const above = (limit: number) =>
    means.reduce((sum, { value, weight }) => sum + weight * Math.exp(-limit / value), 0) / total;
  let low = 0;
  let high = -Math.log(1 - share) * Math.max(...means.map(({ value }) => value));
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (above(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return high;
}

function quantile(sample: Sample, share: number): number {
  const values = valuesOf(sample);
  return sample.exponential ? quantileOfMixture(values, share) : quantileOfValues(values, share);
}

/** One statistic of samples, of which there is at least one. */
export function statisticOf(sample: Sample, statistic: Statistic): number {
  switch (statistic) {
    case "Average":
      return sample.sum / sample.count;
    case "Sum":
      return sample.sum;
    case "Maximum":
      return sample.max;
    case "Minimum":
      return sample.min;
    case "SampleCount":
      return sample.count;
    default:
      return quantile(sample, Number(statistic.slice(1)) / 100);
  }
}
