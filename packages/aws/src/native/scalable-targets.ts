import {
  ApplicationAutoScalingClient,
  DeleteScheduledActionCommand,
  DescribeScalableTargetsCommand,
  PutScheduledActionCommand,
  paginateDescribeScalingPolicies,
  paginateDescribeScheduledActions,
  RegisterScalableTargetCommand,
  type ScalableDimension,
  type ScalableTarget,
  type ScalingPolicy,
  type ScheduledAction,
  type ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";
import type { Place } from "@headroom/decisions/config/place";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import { collected, inLists } from "../answers.ts";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";
import type { Fallback } from "../targets/target-kind.ts";
import { triedOnce } from "../tried-once.ts";

// What Application Auto Scaling keeps of a resource: bounds, and what moves within them.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html

/** Resources that one DescribeScalableTargets takes. */
const RESOURCES_A_CALL = 50;

/** Our scheduled action that takes a raised minimum back, and the one that has AWS apply new bounds. */
export const FALLBACK_ACTION = "headroom-floor";
const ENFORCING_ACTION = "headroom-bounds";
const OURS = [FALLBACK_ACTION, ENFORCING_ACTION];

/** What is registered: a resource and the quantity of it that is scaled. */
export type Registration = { namespace: ServiceNamespace; resourceId: string; dimension: ScalableDimension };

/** Its bounds in units, and whether scaling by policies or by schedule is suspended. */
export type Registered = { minimum: number; maximum: number; target: ScalableTarget };

/** Bounds to set, as AWS calls them; one that is absent stays as it is. */
type Bounds = { MinCapacity: number; MaxCapacity?: number };
type Scheduled = Bounds & { name: string; at: number };
type Dimension = Pick<Registration, "namespace" | "dimension">;

/** What is asked about: one resource, or all of a namespace. */
type Listed = Dimension & { resourceId?: string };

function listed({ namespace, resourceId, dimension }: Listed) {
  if (resourceId === undefined) return { ServiceNamespace: namespace };
  return named({ namespace, resourceId, dimension });
}

function named({ namespace, resourceId, dimension }: Registration) {
  return { ServiceNamespace: namespace, ResourceId: resourceId, ScalableDimension: dimension };
}

/** An instant as `at()` wants it: UTC, whole seconds. */
function once(at: number): string {
  return `at(${new Date(Math.ceil(at) * 1000).toISOString().slice(0, 19)})`;
}

/** The calls of Application Auto Scaling. */
export function scalableTargets(connect: Connect) {
  const client = connect(
    "APPLICATION_AUTO_SCALING",
    (configuration) => new ApplicationAutoScalingClient(configuration),
  );
  const changing = connect(
    "APPLICATION_AUTO_SCALING",
    (configuration) => new ApplicationAutoScalingClient(triedOnce(configuration)),
  );

  async function schedule(registration: Registration, { name, at, ...bounds }: Scheduled, place: Place) {
    const command = new PutScheduledActionCommand({
      ...named(registration),
      ...{ ScheduledActionName: name, Schedule: once(at), ScalableTargetAction: bounds },
    });
    await translated(`scheduling the bounds of ${registration.resourceId}`, changing(place).send(command));
  }

  async function unschedule(registration: Registration, name: string, place: Place) {
    const command = new DeleteScheduledActionCommand({ ...named(registration), ScheduledActionName: name });
    const call = translated(`taking back ${name} of ${registration.resourceId}`, changing(place).send(command));
    try {
      await call;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error; // it has just come to pass
    }
  }

  /** Refuses what rests on scheduled actions of ours where AWS would not perform them. */
  async function checkSchedules(registration: Registration, place: Place) {
    const { resourceId } = registration;
    const found = (await read(registration, [resourceId], place)).get(resourceId);
    if (!found?.target.SuspendedState?.ScheduledScalingSuspended) return;
    const fix = "resume it (ScheduledScalingSuspended=false), and delete the scheduled actions that should not run";
    throw new Invalid(`scheduled scaling of ${resourceId} is suspended, and Headroom's own with it: ${fix}`);
  }

  async function isRaised(registration: Registration, place: Place): Promise<boolean> {
    const found = await allActions(registration, place);
    return found.some(({ ScheduledActionName }) => ScheduledActionName === FALLBACK_ACTION);
  }

  async function enforce(registration: Registration, bounds: Bounds, at: number, place: Place) {
    await schedule(registration, { name: ENFORCING_ACTION, at, ...bounds }, place);
    await register(registration, bounds, place);
  }

  async function register(registration: Registration, bounds: Bounds, place: Place) {
    const command = new RegisterScalableTargetCommand({ ...named(registration), ...bounds });
    await translated(`setting the bounds of ${registration.resourceId}`, changing(place).send(command));
  }

  async function read({ namespace, dimension }: Dimension, resourceIds: readonly string[], place: Place) {
    const found = new Map<string, Registered>();
    for (const ids of inLists([...new Set(resourceIds)], RESOURCES_A_CALL)) {
      const command = new DescribeScalableTargetsCommand({
        ...{ ServiceNamespace: namespace, ScalableDimension: dimension, ResourceIds: ids },
      });
      const { ScalableTargets = [] } = await translated("reading scalable targets", client(place).send(command));
      for (const target of ScalableTargets) {
        const { ResourceId: id, MinCapacity: minimum, MaxCapacity: maximum } = target;
        if (id !== undefined && minimum !== undefined && maximum !== undefined)
          found.set(id, { minimum, maximum, target });
      }
    }
    return found;
  }

  /** Of one resource, or of every one in its namespace. @throws Throttled, Denied, Invalid */
  function policies(of: Listed, place: Place): Promise<ScalingPolicy[]> {
    const pages = paginateDescribeScalingPolicies({ client: client(place) }, listed(of));
    return translated(
      `reading scaling policies of ${of.resourceId ?? of.namespace}`,
      collected(pages, ({ ScalingPolicies }) => ScalingPolicies),
    );
  }

  /** As `policies`, without Headroom's own. @throws Throttled, Denied, Invalid */
  async function actions(of: Listed, place: Place): Promise<ScheduledAction[]> {
    const found = await allActions(of, place);
    return found.filter(({ ScheduledActionName: name }) => name === undefined || !OURS.includes(name));
  }

  function allActions(of: Listed, place: Place): Promise<ScheduledAction[]> {
    const pages = paginateDescribeScheduledActions({ client: client(place) }, listed(of));
    return translated(
      `reading scheduled actions of ${of.resourceId ?? of.namespace}`,
      collected(pages, ({ ScheduledActions }) => ScheduledActions),
    );
  }

  return {
    /** By resource id: those that are registered. @throws Throttled, Denied, Invalid */
    read,
    /** Whether the minimum that is set is one that Headroom raised, and that falls back by itself. */
    isRaised,
    /**
     * Moves the minimum. The fallback is scheduled first: should we die in between, nothing stays raised for ever.
     * @throws NotFound when it is not registered; Invalid, too, when it would not fall back; Conflict, Throttled, Denied
     */
    async setMinimum(registration: Registration, minimum: number, fallback: Fallback, place: Place): Promise<void> {
      await checkSchedules(registration, place);
      await schedule(registration, { name: FALLBACK_ACTION, at: fallback.at, MinCapacity: fallback.to }, place);
      await register(registration, { MinCapacity: minimum }, place);
    },
    /**
     * Sets bounds, and has AWS move the capacity between them at `at`: by themselves they move none until a policy acts.
     * @throws NotFound when it is not registered; Conflict, Throttled, Denied, Invalid
     */
    enforce,
    /**
     * Sets a capacity, which through this API is both bounds at one value, enforced at `at`. A fallback that floor mode
     * left would move the minimum away from it, so that goes first.
     * @throws NotFound when it is not registered; Invalid, too, when nothing would enforce it; Conflict, Throttled, Denied
     */
    async pin(registration: Registration, capacity: number, at: number, place: Place): Promise<void> {
      await checkSchedules(registration, place);
      if (await isRaised(registration, place)) await unschedule(registration, FALLBACK_ACTION, place);
      await enforce(registration, { MinCapacity: capacity, MaxCapacity: capacity }, at, place);
    },
    policies,
    actions,
  };
}

export type ScalableTargets = ReturnType<typeof scalableTargets>;
