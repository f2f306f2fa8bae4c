import type { Fleet } from "@headroom/decisions/config/fleet";
import { nearest } from "@headroom/decisions/config/nearest";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { NotFound } from "@headroom/decisions/errors";

/** The configuration of a target. @throws NotFound that names the one that may have been meant */
export function targetOf(fleet: Fleet, id: string): TargetConfig {
  const config = Object.hasOwn(fleet.targets, id) ? fleet.targets[id] : undefined;
  if (config !== undefined) return config;
  const ids = Object.keys(fleet.targets);
  const meant = nearest(id, ids);
  const hint = meant === undefined ? `the targets are ${ids.join(", ")}` : `did you mean ${meant}?`;
  throw new NotFound(`There is no target ${JSON.stringify(id)}: ${hint}`);
}
