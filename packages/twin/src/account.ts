import type { MetricSignal } from "@headroom/decisions/config/signals";
import { NotFound } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import type { Clock } from "@headroom/loops/world";
import * as z from "zod";
import { createCapacityApi } from "./capacity-api.ts";
import type { Meter } from "./meter.ts";
import { createMetrics, likeCloudWatch, type MetricsOptions } from "./metrics.ts";
import { nameOf } from "./names.ts";
import { byKey, type Resident, type SimulatedTarget, settleIn } from "./resident.ts";
import { createSignalApi } from "./signal-api.ts";
import { createThrottles, type Throttles } from "./throttles.ts";
import type { Observation } from "./workloads/observation.ts";
import type { Trouble } from "./workloads/starts.ts";
import { type Trace, traceNotices } from "./workloads/trace.ts";

export type AccountOptions = {
  targets: readonly SimulatedTarget[];
  clock: Clock;
  seed: number;
  meter: Meter;
  /** By target: recorded load that replaces the simulated traffic. */
  traces?: ReadonlyMap<string, Trace> | undefined;
  metrics?: Partial<MetricsOptions> | undefined;
  /** How often a day somebody else sets the capacity of each resource whose simulation does not say: never, if not given. */
  foreignWritesPerDay?: number | undefined;
  /** AWS's token buckets, where they are to be other than usual. */
  throttles?: Throttles | undefined;
};

const accountSnapshot = z.strictObject({
  start: z.number(),
  throttles: z.unknown(),
  targets: z.record(z.string(), z.unknown()),
});

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
export function createAccount(options: AccountOptions) {
  const { targets, clock, seed, meter, traces, foreignWritesPerDay = 0 } = options;
  let start = Math.floor(clock.now());
  const longer = targets.flatMap(({ histories = [] }) => histories);
  const metrics = createMetrics({ ...likeCloudWatch, seed, longer, ...options.metrics });
  const settle = () =>
    targets.map((target) =>
      settleIn(target, { seed, start, trace: traces?.get(target.id), metrics, foreignWritesPerDay }),
    );
  let residents = settle();
  let found = indexed(residents);
  /** Until when there is a past that is still to be published. */
  let past: number | undefined = start;

  function liveOn(): void {
    const second = Math.floor(clock.now());
    if (past !== undefined) for (const resident of residents) resident.remember(past);
    past = undefined;
    for (const resident of residents) resident.advanceTo(second);
  }

  /** @throws NotFound when no target has this id */
  function resident(id: string): Resident {
    liveOn();
    const there = residents.find(({ target }) => target.id === id);
    if (there === undefined) throw new NotFound(`there is no target ${id}`);
    return there;
  }

  const throttles = createThrottles(clock, options.throttles);
  const capacities = createCapacityApi({
    ...{ clock, meter, throttles },
    find: (resource) => found.resources.get(nameOf(resource)),
  });
  const signals = createSignalApi({
    ...{ clock, meter, metrics, throttles },
    find: (queue) => found.queues.get(`queue ${queue}`),
  });

  /** A call of the account as it is now. */
  function now<Arguments extends unknown[], Answer>(call: (...given: Arguments) => Answer) {
    return (...given: Arguments): Answer => {
      liveOn();
      return call(...given);
    };
  }

  return {
    capacities: {
      read: now(capacities.read),
      set: now(capacities.set),
      setMinimum: now(capacities.setMinimum),
    },
    signals: { read: now(signals.read), metricData: now(signals.metricData) },
    /** What AWS itself sees of a metric now: neither paid for nor throttled. */
    look(signal: MetricSignal, since: number): SignalAnswer {
      liveOn();
      return metrics.read(signal, since, clock.now());
    },
    metrics,
    /**
     * Deploys a new version of a target's resource: old and new units run side by side for `lasts` seconds.
     * @throws NotFound
     */
    deploy(id: string, { lasts }: { lasts: number }): void {
      resident(id).deployments.deploy(Math.floor(clock.now()), lasts);
    },
    /** Units that start within the trouble's time never serve, or come up and die. @throws NotFound */
    trouble(id: string, trouble: Trouble): void {
      resident(id).workload.trouble(trouble);
    },
    /** Sets the capacity as somebody else does. @throws NotFound, Invalid */
    write(id: string, capacity: number): void {
      resident(id).floor.setCapacity(capacity);
    },
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
      return targets.flatMap(({ id, histories = [] }) => {
        const trace = traces?.get(id);
        if (trace === undefined) return [];
        const notices = histories.length > 0 ? [`${trace.file} has no past: forecasts begin as it goes on`] : [];
        return [...notices, ...traceNotices(trace, clock.now() - start)].map((notice) => `${id}: ${notice}`);
      });
    },
    /** The state of every resource as plain JSON; what CloudWatch remembers is not in it. */
    snapshot() {
      liveOn();
      return {
        start,
        throttles: throttles.snapshot(),
        targets: Object.fromEntries(residents.map((resident) => [resident.target.id, resident.snapshot()])),
      };
    },
    /**
     * Goes on from a snapshot; targets that are not in it begin anew at its beginning. Of what CloudWatch remembered,
     * the load that forecasts are made of is published anew, until `at` (epoch seconds), when the snapshot was taken.
     * @throws ZodError when it is none, or one of other workloads
     */
    restore(snapshot: unknown, at = Math.floor(clock.now())): void {
      const state = accountSnapshot.parse(snapshot);
      start = state.start;
      metrics.clear();
      past = at;
      throttles.restore(state.throttles);
      residents = settle();
      found = indexed(residents);
      for (const resident of residents) {
        const { id } = resident.target;
        if (id in state.targets) resident.restore(state.targets[id]);
      }
    },
  };
}

export type Account = ReturnType<typeof createAccount>;
