import { type CloudwatchSignal, type QueueSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
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

function isMetric(signal: Signal): signal is CloudwatchSignal {
  return signal.source === "cloudwatch";
}

function isQueue(signal: Signal): signal is QueueSignal {
  return signal.source === "queue";
}

function byKey<Found extends Signal>(signals: readonly Found[]): Keyed<Found> {
  return new Map(signals.map((signal) => [signalKey(signal), signal]));
}

/** The calls that read metrics and queues, with AWS's limits and throttles. */
export function createSignalApi({ clock, meter, metrics, throttles, find }: Wires) {
  /**
   * One GetMetricData: as many metrics as one call takes.
   * @throws Invalid when there are more, Throttled
   */
  function metricData(signals: readonly CloudwatchSignal[], since: number): SignalAnswer[] {
    if (signals.length > QUERIES_A_CALL) {
      throw new Invalid(`GetMetricData: ${signals.length} queries are more than the ${QUERIES_A_CALL} of one call`);
    }
    throttles.take("GetMetricData");
    meter.count("metricDataCalls");
    meter.count("metricsRead", signals.length);
    return signals.map((signal) => metrics.read(signal, since, clock.now()));
  }

  /** The same, with `failed` answers in place of an error that another try may not meet. */
  function answered(signals: readonly CloudwatchSignal[], since: number): SignalAnswer[] {
    try {
      return metricData(signals, since);
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      return signals.map(() => ({ is: "failed", why: error.message }));
    }
  }

  function readMetrics(wanted: Keyed<CloudwatchSignal>, since: number): [string, SignalAnswer][] {
    const [keys, signals] = [[...wanted.keys()], [...wanted.values()]];
    const answers: SignalAnswer[] = [];
    for (let first = 0; first < signals.length; first += QUERIES_A_CALL) {
      answers.push(...answered(signals.slice(first, first + QUERIES_A_CALL), since));
    }
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
