import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { CapacityAnswer, SignalAnswer } from "@headroom/decisions/model";
import type { Addressed, Clock } from "@headroom/loops/world";
import * as z from "zod";
import type { Meter } from "./meter.ts";
import { createMetrics, likeCloudWatch, type MetricsOptions } from "./metrics.ts";
import { byKey, nameOf, type Resident, type SimulatedTarget, settleIn } from "./resident.ts";
import type { Observation } from "./workloads/observation.ts";
import { type Trace, traceNotices } from "./workloads/trace.ts";
import { running } from "./workloads/units.ts";

export type AccountOptions = {
  targets: readonly SimulatedTarget[];
  clock: Clock;
  seed: number;
  meter: Meter;
  /** By target: recorded load that replaces the simulated traffic. */
  traces?: ReadonlyMap<string, Trace> | undefined;
  metrics?: Partial<MetricsOptions> | undefined;
};

const accountSnapshot = z.strictObject({ start: z.number(), targets: z.record(z.string(), z.unknown()) });

function indexed(residents: readonly Resident[]) {
  return {
    resources: byKey(residents, ({ target }) => nameOf(target.resource)),
    queues: byKey(residents, ({ target: { simulation } }) =>
      simulation.workload === "queue" ? `queue ${simulation.queue}` : undefined,
    ),
  };
}

/**
 * The simulated AWS account: resources with units and load, and CloudWatch over them. It lives on lazily, up to the
 * clock's second, whenever somebody looks; when that is, and how often, changes nothing.
 * @throws Invalid when two targets simulate the same resource or queue
 */
export function createAccount({ targets, clock, seed, meter, traces, metrics: metricsOptions }: AccountOptions) {
  let start = Math.floor(clock.now());
  const metrics = createMetrics({ ...likeCloudWatch, seed, ...metricsOptions });
  const settle = () =>
    targets.map((target) => settleIn(target, { seed, start, trace: traces?.get(target.id), metrics }));
  let residents = settle();
  let found = indexed(residents);

  function liveOn(): void {
    const second = Math.floor(clock.now());
    for (const { workload } of residents) workload.advanceTo(second);
  }

  function readCapacity({ resource }: Addressed): CapacityAnswer {
    meter.count("capacityReads");
    const units = found.resources.get(nameOf(resource))?.workload.units();
    if (units === undefined) return { is: "failed", why: `there is no ${nameOf(resource)}` };
    return { is: "capacity", at: clock.now(), desired: units.desired, running: running(units), ready: units.ready };
  }

  function setCapacity({ resource }: Addressed, capacity: number): void {
    meter.count("capacityWrites");
    const resident = found.resources.get(nameOf(resource));
    if (resident === undefined) throw new NotFound(`there is no ${nameOf(resource)}`);
    if (!Number.isSafeInteger(capacity) || capacity < 0) {
      throw new Invalid(`capacity ${capacity} of ${nameOf(resource)} is not a whole number of 0 or more`);
    }
    resident.workload.setDesired(capacity);
  }

  function readSignal(signal: Signal, since: number): SignalAnswer {
    if (signal.source === "cloudwatch") {
      meter.count("metricsRead");
      return metrics.read(signal, since, clock.now());
    }
    meter.count("sqsRequests");
    const standing = found.queues.get(`queue ${signal.queue}`)?.queue?.standing();
    if (standing === undefined) return { is: "failed", why: `there is no queue ${signal.queue}` };
    const { visible, inFlight, delayed } = standing;
    return { is: "queue", at: clock.now(), visible, inFlight, delayed };
  }

  return {
    capacities: {
      /** The capacity of each target, or `failed` where there is no such resource. */
      read(asked: readonly Addressed[]): Map<string, CapacityAnswer> {
        liveOn();
        return new Map(asked.map((target) => [target.id, readCapacity(target)]));
      },
      /** @throws NotFound, Invalid */
      set(target: Addressed, capacity: number): void {
        liveOn();
        setCapacity(target, capacity);
      },
    },
    signals: {
      /** One answer for each signal; the same signal asked for twice is read, and paid for, once. */
      read(signals: readonly Signal[], since: number): Map<string, SignalAnswer> {
        liveOn();
        const distinct = new Map(signals.map((signal) => [signalKey(signal), signal]));
        return new Map([...distinct].map(([key, signal]) => [key, readSignal(signal, since)]));
      },
    },
    metrics,
    /** By target: what a report wants to know, up to now. */
    observed(): Map<string, Observation> {
      liveOn();
      return new Map(residents.map(({ target, workload }) => [target.id, workload.observed()]));
    },
    /** By target with a queue: how many messages were sent, received and deleted. */
    counts() {
      liveOn();
      return new Map(residents.flatMap(({ target, queue }) => (queue ? [[target.id, queue.counts()] as const] : [])));
    },
    /** What whoever looks at this run should know of its traces: what was filled in, and what repeats. */
    notices(): string[] {
      return targets.flatMap(({ id }) => {
        const trace = traces?.get(id);
        return trace === undefined ? [] : traceNotices(trace, clock.now() - start).map((notice) => `${id}: ${notice}`);
      });
    },
    /** The state of every resource as plain JSON; what CloudWatch remembers is not in it. */
    snapshot() {
      liveOn();
      return {
        start,
        targets: Object.fromEntries(residents.map(({ target, workload }) => [target.id, workload.snapshot()])),
      };
    },
    /**
     * Goes on from a snapshot; targets that are not in it begin anew at its beginning.
     * @throws ZodError when it is none, or one of other workloads
     */
    restore(snapshot: unknown): void {
      const state = accountSnapshot.parse(snapshot);
      start = state.start;
      residents = settle();
      found = indexed(residents);
      for (const { target, workload } of residents) {
        if (target.id in state.targets) workload.restore(state.targets[target.id]);
      }
    },
  };
}

export type Account = ReturnType<typeof createAccount>;
