import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { movingScalableTargets, readingScalableTargets } from "../native/scalable-target-grants.ts";
import { readerOf } from "../registered/registry.ts";

type Scalable = ResourceOf<"application-auto-scaling">;

export const documentation =
  "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html";

/** @see TargetKind */
export function grants(resource: Scalable, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const reader = readerOf(resource.dimension);
  const reading = [...(reader?.grants(resource, where) ?? []), readingScalableTargets("DescribeScheduledActions")];
  if (mode === "observe") return reading;
  const more = mode === "control" ? ["DeleteScheduledAction"] : [];
  return [...reading, ...movingScalableTargets(where, ...more), ...(reader?.validated(resource, where) ?? [])];
}

/** @see TargetKind */
export const load = () => import("../adapters/application-auto-scaling.ts");
