import type { Resource } from "@headroom/decisions/config/resources";
import { cloudwatchSignal } from "@headroom/decisions/config/signals";
import type { Point } from "@headroom/decisions/model";
import * as z from "zod";
import type { Floor } from "./floor.ts";
import type { Keeper } from "./keeper.ts";
import type { Metrics } from "./metrics.ts";
import { readersOf } from "./published.ts";
import { running } from "./workloads/units.ts";
import type { Workload } from "./workloads/workload.ts";

// AWS target tracking, with the numbers and the assumptions of `rivals/aws-target-tracking.ts`: out when 3 of 3 one-minute
// datapoints are above the target, in proportion, from the units of the datapoint's own period; in when 15 of 15 are below
// 0.9 of it, to the mean need of the last five minutes, 300 s after the last time; never in while a deployment runs.

const MINUTE = 60;
const DATAPOINTS_OUT = 3;
const DATAPOINTS_IN = 15;
const LOW = 0.9;
const COOL_DOWN_IN_SECONDS = 300;
const MEAN_FOR_IN = 5;
/** How far back datapoints are looked for: the oldest that counts, its lateness, and one that may be missing. */
const REACH_SECONDS = (DATAPOINTS_IN + 4) * MINUTE;

const nativeState = z.strictObject({ next: z.number(), lowered: z.number().nullable() });

type Tracked = { namespace: string; metric: string; dimensions: Record<string, string>; scale: number };

/** The predefined metric that target tracking follows, and what full utilisation is in it. */
function trackedBy(resource: Resource): Tracked | undefined {
  switch (resource.kind) {
    case "ecs-service": {
      const dimensions = { ClusterName: resource.cluster, ServiceName: resource.service };
      return { namespace: "AWS/ECS", metric: "CPUUtilization", dimensions, scale: 100 };
    }
    case "auto-scaling-group": {
      const dimensions = { AutoScalingGroupName: resource.group };
      return { namespace: "AWS/EC2", metric: "CPUUtilization", dimensions, scale: 100 };
    }
    case "lambda-provisioned-concurrency": {
      const dimensions = { FunctionName: resource.function, Resource: `${resource.function}:${resource.alias}` };
      return { namespace: "AWS/Lambda", metric: "ProvisionedConcurrencyUtilization", dimensions, scale: 1 };
    }
    case "application-auto-scaling": {
      const dimensions = readersOf(resource);
      return dimensions && { namespace: "AWS/RDS", metric: "CPUUtilization", dimensions, scale: 100 };
    }
    case "event-source-concurrency":
      return undefined;
  }
}

type Seen = { utilisation: number; units: number };
type Wires = {
  resource: Resource;
  settings: { target: number; scaleIn?: boolean | undefined };
  metrics: Metrics;
  workload: Workload;
  floor: Floor;
  start: number;
};

/** What AWS itself would lower of the capacity, in words. */
export function nativeRivals(resource: Resource, native: { scaleIn?: boolean | undefined } | undefined): string[] {
  const lowers = native !== undefined && native.scaleIn !== false && trackedBy(resource) !== undefined;
  return lowers ? ["native target tracking"] : [];
}

/** What AWS's own scaler of a resource does, each minute. Kinds that have none get one that does nothing. */
export function createNative({ resource, settings, metrics, workload, floor, start }: Wires): Keeper {
  const { target, scaleIn = true } = settings;
  const tracked = trackedBy(resource);
  let state: z.infer<typeof nativeState> = { next: (Math.floor(start / MINUTE) + 1) * MINUTE, lowered: null };

  function look(now: number): Seen[] {
    if (tracked === undefined) return [];
    const { scale, ...metric } = tracked;
    const signal = cloudwatchSignal.parse({ source: "cloudwatch", ...metric, statistic: "Average" });
    const answer = metrics.read(signal, now - REACH_SECONDS, now);
    const seen = ({ value, units }: Point): Seen => ({
      utilisation: Number(value) / scale,
      units: units ?? running(workload.units()),
    });
    return answer.is === "series" ? answer.points.map(seen) : [];
  }

  /** Whether the `count` newest datapoints all satisfy `test`; with fewer the alarm has insufficient data. */
  function all(seen: readonly Seen[], count: number, test: (utilisation: number) => boolean): boolean {
    return seen.length >= count && seen.slice(-count).every(({ utilisation }) => test(utilisation));
  }

  const needed = (seen: readonly Seen[]) =>
    Math.ceil(seen.reduce((sum, { utilisation, units }) => sum + utilisation * units, 0) / seen.length / target);

  function mayLower(now: number): boolean {
    const { deploying, starting } = workload.units();
    const isCool = state.lowered === null || now - state.lowered >= COOL_DOWN_IN_SECONDS;
    return scaleIn && isCool && !deploying && starting.length === 0;
  }

  function wanted(seen: readonly Seen[], desired: number, now: number): number {
    if (all(seen, DATAPOINTS_OUT, (utilisation) => utilisation > target)) {
      return Math.max(desired, needed(seen.slice(-1)));
    }
    if (!mayLower(now) || !all(seen, DATAPOINTS_IN, (utilisation) => utilisation < LOW * target)) return desired;
    return Math.min(desired, needed(seen.slice(-MEAN_FOR_IN)));
  }

  return {
    due: () => (tracked === undefined ? Number.POSITIVE_INFINITY : state.next),
    act(second) {
      state.next = second + MINUTE;
      const { desired } = workload.units();
      const { minimum, maximum } = floor.bounds();
      const next = Math.max(minimum, Math.min(maximum, wanted(look(second), desired, second)));
      if (next === desired) return;
      if (next < desired) state.lowered = second;
      workload.setDesired(next);
    },
    snapshot: () => ({ ...state }),
    restore(snapshot) {
      state = nativeState.parse(snapshot);
    },
  };
}
