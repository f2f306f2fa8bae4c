import type { ScalingPolicy, ScheduledAction } from "@aws-sdk/client-application-auto-scaling";
import type { Place } from "@headroom/decisions/config/place";
import { ifPossible } from "../answers.ts";
import type { Registration, ScalableTargets } from "./scalable-targets.ts";

/** Whether steps of this kind may end lower than they began. */
export function stepsLower(adjustment: string | undefined, changes: readonly (number | undefined)[]): boolean {
  return adjustment === "ExactCapacity" || changes.some((change) => change !== undefined && change < 0);
}

function lowers(policy: ScalingPolicy): boolean {
  const { TargetTrackingScalingPolicyConfiguration: tracking, StepScalingPolicyConfiguration: steps } = policy;
  if (tracking !== undefined) return tracking.DisableScaleIn !== true;
  if (steps === undefined) return false; // predictive scaling only raises
  return stepsLower(
    steps.AdjustmentType,
    (steps.StepAdjustments ?? []).map(({ ScalingAdjustment }) => ScalingAdjustment),
  );
}

/** Policies of Application Auto Scaling that may lower, and what to do about each. */
export function loweringPolicies(policies: readonly ScalingPolicy[]): string[] {
  return policies
    .filter(lowers)
    .map(({ PolicyName: name, PolicyType: type }) =>
      type === "TargetTrackingScaling"
        ? `target tracking policy "${name}" (disable its scale-in)`
        : `step scaling policy "${name}" (delete it, or suspend scaling in)`,
    );
}

type Held = {
  /** The most units that Headroom sets: a maximum that is not below lowers nothing. */
  max: number;
  /** Both bounds are at one value, which is the capacity: whatever moves one of them undoes it. */
  pinned: boolean;
};

/**
 * Scheduled actions that may lower, and what to do about each: suspending all of them would suspend Headroom's own. One
 * that is past is gone.
 */
export function loweringActions(actions: readonly ScheduledAction[], { max, pinned }: Held): string[] {
  return actions
    .filter(({ ScalableTargetAction }) => pinned || (ScalableTargetAction?.MaxCapacity ?? max) < max)
    .map(({ ScheduledActionName: name }) => `scheduled action "${name}" (delete it)`);
}

/** More resources than these are looked up together: their whole namespace is listed, ten policies a page. */
const EACH_BY_ITSELF = 10;

type Asked<R> = { id: string; resource: R; max: number };
type Named = { id: string; registration: Registration; max: number };
type About = {
  place: Place;
  /** Their bounds are pinned: policies move nothing between those. */
  pinned?: boolean;
};

type Listed = { ResourceId: string | undefined; ScalableDimension?: string | undefined };

/** What may lower each of some resources of one dimension. Nothing does that is not registered. */
async function rivalsAlike(
  scaler: ScalableTargets,
  named: readonly Named[],
  { place, pinned = false }: About,
): Promise<[string, string[]][]> {
  const registrations = named.map(({ registration }) => registration);
  const [first] = registrations;
  if (first === undefined) return [];
  const ids = registrations.map(({ resourceId }) => resourceId);
  const registered = await scaler.read(first, ids, place);
  const there = registrations.filter(({ resourceId }) => registered.has(resourceId));
  const { namespace, dimension } = first;
  const lists = there.length > EACH_BY_ITSELF ? [{ namespace, dimension }] : there;
  const [policies, actions] = await Promise.all([
    pinned ? [] : Promise.all(lists.map((list) => scaler.policies(list, place))),
    Promise.all(lists.map((list) => scaler.actions(list, place))),
  ]);
  return named.map(({ id, registration: { resourceId }, max }) => {
    const suspended = registered.get(resourceId)?.target.SuspendedState;
    const own = ({ ResourceId, ScalableDimension }: Listed) =>
      ResourceId === resourceId && ScalableDimension === dimension;
    const rivals = [
      ...(suspended?.DynamicScalingInSuspended ? [] : loweringPolicies(policies.flat().filter(own))),
      ...(suspended?.ScheduledScalingSuspended ? [] : loweringActions(actions.flat().filter(own), { max, pinned })),
    ];
    return [id, rivals];
  });
}

/** What of Application Auto Scaling may lower each, by id; without those of a dimension that could not be looked at. */
export async function rivalsOf<R>(
  scaler: ScalableTargets,
  asked: readonly Asked<R>[],
  { of, ...about }: About & { of(resource: R): Registration },
): Promise<Map<string, string[]>> {
  const named = asked.map(({ id, resource, max }) => ({ id, registration: of(resource), max }));
  const alike = Map.groupBy(named, ({ registration }) => registration.dimension);
  const each = await Promise.all([...alike.values()].map((some) => ifPossible(rivalsAlike(scaler, some, about))));
  return new Map(each.flatMap((some) => some ?? []));
}
