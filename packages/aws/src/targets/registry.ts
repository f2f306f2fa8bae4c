import type { Resource, ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { onDemand } from "../on-demand.ts";
import * as applicationAutoScaling from "./application-auto-scaling.ts";
import * as autoScalingGroup from "./auto-scaling-group.ts";
import * as ecsService from "./ecs-service.ts";
import * as eventSourceConcurrency from "./event-source-concurrency.ts";
import * as lambdaProvisionedConcurrency from "./lambda-provisioned-concurrency.ts";
import type { Adapter, TargetKind, Wires } from "./target-kind.ts";

type Kinds = { [Kind in Resource["kind"]]: ResourceOf<Kind> };

/** Every kind of target. A new one is a file beside this one, and its line here. */
export const kinds: { [Kind in keyof Kinds]: TargetKind<Kinds[Kind]> } = {
  "ecs-service": ecsService,
  "auto-scaling-group": autoScalingGroup,
  "lambda-provisioned-concurrency": lambdaProvisionedConcurrency,
  "event-source-concurrency": eventSourceConcurrency,
  "application-auto-scaling": applicationAutoScaling,
};

/** The permissions that a target on this resource needs in this mode. */
export function grantsFor<Kind extends keyof Kinds>(
  resource: Kinds[Kind] & { kind: Kind },
  where: Where,
  mode: TargetConfig["mode"],
): Grant[] {
  return kinds[resource.kind].grants(resource, where, mode);
}

/** An adapter for each kind, loaded when the first target of the kind is looked at. */
export type Adapters = { [Kind in keyof Kinds]: () => Promise<Adapter<Kinds[Kind]>> };

export function adapters(wires: Wires): Adapters {
  return {
    "ecs-service": onDemand(async () => (await ecsService.load()).adapter(wires)),
    "auto-scaling-group": onDemand(async () => (await autoScalingGroup.load()).adapter(wires)),
    "lambda-provisioned-concurrency": onDemand(async () => (await lambdaProvisionedConcurrency.load()).adapter(wires)),
    "event-source-concurrency": onDemand(async () => (await eventSourceConcurrency.load()).adapter(wires)),
    "application-auto-scaling": onDemand(async () => (await applicationAutoScaling.load()).adapter(wires)),
  };
}
