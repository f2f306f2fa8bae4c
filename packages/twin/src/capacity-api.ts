import type { Resource } from "@headroom/decisions/config/resources";
import { NotFound } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import type { Addressed, Clock } from "@headroom/loops/world";
import type { Fallback } from "./floor.ts";
import type { Meter } from "./meter.ts";
import { nameOf } from "./names.ts";
import { nativeRivals } from "./native.ts";
import type { Resident } from "./resident.ts";
import { type Admission, APIS, type Bucket } from "./throttles.ts";
import { running } from "./workloads/units.ts";

/** Of Lambda nobody can tell whether it is being deployed. */
function canTellDeployments({ kind }: Resource): boolean {
  return kind === "ecs-service" || kind === "auto-scaling-group";
}

function capacityOf({ target: { resource, simulation }, workload, floor }: Resident, now: number): CapacityAnswer {
  const units = workload.units();
  const { minimum, maximum } = floor.bounds();
  const busy = workload.protected();
  return {
    ...{ is: "capacity", at: now, desired: units.desired, running: running(units), ready: units.ready },
    ...{ minimum, maximum },
    ...(canTellDeployments(resource) ? { deploying: units.deploying } : {}),
    ...(busy === undefined ? {} : { protected: busy }),
    ...(simulation.native === undefined ? {} : { rivals: nativeRivals(resource, simulation.native) }),
  };
}

type Wires = {
  clock: Clock;
  meter: Meter;
  throttles: Admission;
  /** The resource as it is now, if there is one. */
  find(resource: Resource): Resident | undefined;
};

/** The calls that read and change capacities, with AWS's throttles. */
export function createCapacityApi({ clock, meter, throttles, find }: Wires) {
  function answer({ resource }: Addressed): CapacityAnswer {
    meter.count("capacityReads");
    const resident = find(resource);
    if (resident === undefined) return { is: "failed", why: `there is no ${nameOf(resource)}` };
    return capacityOf(resident, clock.now());
  }

  /** Reads resources of one kind, as many a call as the API takes. */
  function readKind(kind: Resource["kind"], asked: readonly Addressed[]): [string, CapacityAnswer][] {
    const { read, perRead } = APIS[kind];
    const found: [string, CapacityAnswer][] = [];
    for (let first = 0; first < asked.length; first += perRead) {
      const admitted = throttles.admits(read);
      for (const target of asked.slice(first, first + perRead)) {
        const throttled: CapacityAnswer = { is: "failed", why: "ThrottlingException: Rate exceeded" };
        found.push([target.id, admitted ? answer(target) : throttled]);
      }
    }
    return found;
  }

  /** The resource that a call is about to change. @throws NotFound, Throttled */
  function change({ resource }: Addressed, bucket: Bucket): Resident {
    meter.count("capacityWrites");
    throttles.take(bucket);
    const resident = find(resource);
    if (resident === undefined) throw new NotFound(`there is no ${nameOf(resource)}`);
    return resident;
  }

  return {
    /** The capacity of each target, or `failed` where there is no such resource, or too much was asked for at a time. */
    read(asked: readonly Addressed[]): Map<string, CapacityAnswer> {
      const byKind = Map.groupBy(asked, ({ resource }) => resource.kind);
      return new Map([...byKind].flatMap(([kind, targets]) => readKind(kind, targets)));
    },
    /** @throws NotFound, Invalid, Throttled */
    set(target: Addressed, capacity: number): void {
      change(target, APIS[target.resource.kind].change).floor.setCapacity(capacity);
    },
    /** Moves the resource's own minimum, until the fallback takes it back. @throws NotFound, Invalid, Throttled */
    setMinimum(target: Addressed, minimum: number, fallback: Fallback): void {
      change(target, APIS[target.resource.kind].minimum).floor.setMinimum(minimum, fallback);
    },
  };
}
