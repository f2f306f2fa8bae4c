import { type MetricSignal, type QueueSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import { Invalid, Throttled } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import type { Clock } from "@headroom/loops/world";
import type { Meter } from "./meter.ts";
import type { Metrics } from "./metrics.ts";
import type { Resident } from "./resident.ts";
import type { Admission } from "./throttles.ts";

/** Queries that one GetMetricData takes (research/performance.md, limits). */
export const QUERIES_A_CALL = 500;

type Wires = {
  clock: Clock;
  meter: Meter;
  metrics: Metrics;
  throttles: Admission;
  /** Who works on the queue, as it is now, if there is such a queue. */
  find(queue: string): Resident | undefined;
};

type Keyed<Found extends Signal> = ReadonlyMap<string, Found>;

function isMetric(signal: Signal): signal is MetricSignal {
  return signal.source !== "queue";
}

function isQueue(signal: Signal): signal is QueueSignal {
  return signal.source === "queue";
}

const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

/** Metrics that a signal reads. */
function metricsOf(signal: MetricSignal): number {
  return signal.source === "math" ? Object.keys(signal.metrics).length : 1;
}

/** Queries of GetMetricData that a signal takes: an expression is one more than its metrics. */
function queriesOf(signal: MetricSignal): number {
  return metricsOf(signal) + (signal.source === "math" ? 1 : 0);
}

/** In batches of as many queries as a call takes, each signal whole. */
function batched(signals: readonly MetricSignal[]): MetricSignal[][] {
  const batches: MetricSignal[][] = [];
  let room = 0;
  for (const signal of signals) {
    const queries = queriesOf(signal);
    if (queries > room) {
      batches.push([]);
      room = QUERIES_A_CALL;
    }
    batches.at(-1)?.push(signal);
    room -= queries;
  }
  return batches;
}

function byKey<Found extends Signal>(signals: readonly Found[]): Keyed<Found> {
  return new Map(signals.map((signal) => [signalKey(signal), signal]));
}

/** The calls that read metrics and queues, with AWS's limits and throttles. */
export function createSignalApi({ clock, meter, metrics, throttles, find }: Wires) {
  /**
   * One GetMetricData: as many queries as one call takes. Metrics are paid for, expressions over them are not.
   * @throws Invalid when there are more, Throttled
   */
  function metricData(signals: readonly MetricSignal[], since: number): SignalAnswer[] {
    const queries = total(signals.map(queriesOf));
    if (queries > QUERIES_A_CALL) {
      throw new Invalid(`GetMetricData: ${queries} queries are more than the ${QUERIES_A_CALL} of one call`);
    }
    throttles.take("GetMetricData");
    meter.count("metricDataCalls");
    meter.count("metricsRead", total(signals.map(metricsOf)));
    return signals.map((signal) => metrics.read(signal, since, clock.now()));
  }

  /** The same, with `failed` answers in place of an error that another try may not meet. */
  function answered(signals: readonly MetricSignal[], since: number): SignalAnswer[] {
    try {
      return metricData(signals, since);
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      return signals.map(() => ({ is: "failed", why: error.message }));
    }
  }

  function readMetrics(wanted: Keyed<MetricSignal>, since: number): [string, SignalAnswer][] {
    const [keys, signals] = [[...wanted.keys()], [...wanted.values()]];
    const answers = batched(signals).flatMap((batch) => answered(batch, since));
    return keys.flatMap((key, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : [[key, answer]];
    });
  }

  function readQueue({ queue }: QueueSignal): SignalAnswer {
    meter.count("sqsRequests");
    const resident = find(queue);
    resident?.activity?.touch(Math.floor(clock.now()));
    const standing = resident?.queue?.standing();
    if (standing === undefined) return { is: "failed", why: `there is no queue ${queue}` };
    const { visible, inFlight, delayed } = standing;
    return { is: "queue", at: clock.now(), visible, inFlight, delayed };
  }

  return {
    metricData,
    /**
     * One answer for each signal, in as many calls as it takes; the same signal asked for twice is read, and paid for,
     * once.
     */
    read(signals: readonly Signal[], since: number): Map<string, SignalAnswer> {
      const queues = [...byKey(signals.filter(isQueue))];
      return new Map([
        ...readMetrics(byKey(signals.filter(isMetric)), since),
        ...queues.map(([key, signal]): [string, SignalAnswer] => [key, readQueue(signal)]),
      ]);
    },
  };
}
