import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";

type EventSource = ResourceOf<"event-source-concurrency">;

export const documentation = "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html";

/** @see TargetKind */
export function grants({ mapping }: EventSource, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const resources = [arn("lambda", `event-source-mapping:${mapping}`, where)];
  const actions = ["lambda:GetEventSourceMapping"];
  if (mode === "control") actions.push("lambda:UpdateEventSourceMapping");
  return [{ actions, resources }];
}

/** @see TargetKind */
export const load = () => import("../adapters/event-source-concurrency.ts");
