import { type TargetConfig, targetConfig } from "@headroom/decisions/config/settings";
import { tracking } from "../../builders/decisions.ts";

/** Targets by these ids, in floor mode. What else they are does not matter: only a look at rivals asks. */
export function inFloorMode(ids: Iterable<string>): Record<string, TargetConfig> {
  const resource = { kind: "ecs-service", cluster: "main", service: "web" };
  const config = targetConfig.parse({ resource, mode: "floor", min: 1, max: 9, policies: [tracking()] });
  return Object.fromEntries([...ids].map((id) => [id, config]));
}
