import { ScalableDimension, ServiceNamespace } from "@aws-sdk/client-application-auto-scaling";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import * as z from "zod";
import { answered, fewAtATime } from "../answers.ts";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";
import { rivalsOf } from "../native/application-rivals.ts";
import { type Registered, type Registration, scalableTargets } from "../native/scalable-targets.ts";
import { onDemand } from "../on-demand.ts";
import type { Units } from "../registered/reader.ts";
import { readers } from "../registered/registry.ts";
import type { Adapter, Wires } from "../targets/target-kind.ts";

type Scalable = ResourceOf<"application-auto-scaling">;

const AT_A_TIME = 5;

/** Seconds until a scheduled action is in the future for certain, and before the next tick could put it off again. */
const SOON_SECONDS = 30;

const names = z.object({ namespace: z.enum(ServiceNamespace), dimension: z.enum(ScalableDimension) });

/** The registration, in AWS's own names. @throws Invalid when AWS has no such namespace or dimension */
function registrationOf({ namespace, resourceId, dimension }: Scalable): Registration {
  return { ...parse(names, { namespace, dimension }, resourceId), resourceId };
}

/** What the services themselves say of their units. @throws Invalid where Headroom cannot read them */
function createUnits(connect: Connect) {
  const byDimension = new Map(
    readers.flatMap(({ dimensions, load }) => {
      const read = onDemand(async () => (await load()).reader(connect));
      return dimensions.map((dimension) => [dimension, read] as const);
    }),
  );
  return async (resource: Scalable, place: Place): Promise<Units> => {
    const get = byDimension.get(resource.dimension);
    if (get === undefined) {
      const known = [...byDimension.keys()].join(", ");
      throw new Invalid(`the capacity of ${resource.dimension} cannot be read; what can is ${known}`);
    }
    const read = await get();
    return translated(`reading ${resource.resourceId}`, read(resource, place));
  };
}

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<Scalable> {
  const scaler = scalableTargets(connect);
  const unitsOf = createUnits(connect);

  /**
   * Both bounds at one value are how control sets a capacity, and are no bounds then; unless it is floor mode that has
   * raised the minimum all the way to the maximum, which the action that takes it back tells.
   */
  async function isPinned(registration: Registration, { minimum, maximum }: Registered, place: Place) {
    return minimum === maximum && !(await scaler.isRaised(registration, place));
  }

  async function answerFor(resource: Scalable, place: Place): Promise<CapacityAnswer> {
    const registration = registrationOf(resource);
    const [units, registered] = await Promise.all([
      unitsOf(resource, place),
      scaler.read(registration, [resource.resourceId], place),
    ]);
    const found = registered.get(resource.resourceId);
    if (found === undefined) {
      throw new NotFound(
        `${resource.resourceId} is not registered with Application Auto Scaling for ${resource.dimension}`,
      );
    }
    const { minimum, maximum } = found;
    const answer = { is: "capacity" as const, at: clock.now(), ...units };
    return (await isPinned(registration, found, place))
      ? { ...answer, desired: minimum }
      : { ...answer, minimum, maximum };
  }

  return {
    async read(asked, place) {
      const answers = await fewAtATime(asked, AT_A_TIME, ({ id, resource }) =>
        answered([id], async () => new Map([[id, await answerFor(resource, place)]])),
      );
      return new Map(answers.flat());
    },

    async set(resource, capacity, place) {
      await scaler.pin(registrationOf(resource), capacity, clock.now() + SOON_SECONDS, place);
    },

    async setMinimum(resource, minimum, fallback, place) {
      const registration = registrationOf(resource);
      await scaler.setMinimum(registration, minimum, fallback, place);
      await scaler.enforce(registration, { MinCapacity: minimum }, clock.now() + SOON_SECONDS, place);
    },

    // Policies move nothing between bounds that are pinned; whatever moves the bounds is a rival.
    rivals: (asked, place) => {
      const known = asked.filter(({ resource }) => names.safeParse(resource).success);
      return rivalsOf(scaler, known, { of: registrationOf, place, pinned: true });
    },
  };
}
