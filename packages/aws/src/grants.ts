import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { predictedTargets } from "@headroom/decisions/predicted";
import { signalsFor } from "@headroom/loops/observe";
import type { Where } from "./arn.ts";
import { METRICS, signalGrants } from "./signals/grants.ts";
import { grantsFor } from "./targets/registry.ts";

/**
 * Permissions as IAM has them: these actions on these resources. `why` is there where the resource is `*`, because AWS
 * has none to name.
 */
export type Grant = { actions: string[]; resources: string[]; why?: string };

/** Where a target is, when it is not where Headroom itself runs. */
function whereOf({ account, region }: TargetConfig, here: Where): Where {
  return { ...here, account: account ?? here.account, region: region ?? here.region };
}

function needed(config: TargetConfig, here: Where): Grant[] {
  const where = whereOf(config, here);
  return [...grantsFor(config.resource, where, config.mode), ...signalGrants(signalsFor(config), where)];
}

/** The same permissions in as few grants as can be, in an order that does not depend on that of the targets. */
function merged(grants: readonly Grant[]): Grant[] {
  const byResource = new Map<string, { actions: Set<string>; why: Set<string> }>();
  for (const { actions, resources, why } of grants) {
    for (const resource of resources) {
      const there = byResource.get(resource) ?? { actions: new Set(), why: new Set() };
      for (const action of actions) there.actions.add(action);
      if (why !== undefined) there.why.add(why);
      byResource.set(resource, there);
    }
  }
  const byActions = Map.groupBy(byResource, ([, { actions }]) => [...actions].sort().join(" "));
  return [...byActions].sort().map(([actions, group]) => {
    const why = [...new Set(group.flatMap(([, each]) => [...each.why]))].sort().join("; ");
    const resources = group.map(([resource]) => resource).sort();
    return { actions: actions.split(" "), resources, ...(why === "" ? {} : { why }) };
  });
}

/**
 * What Headroom itself needs, to look at a fleet and to act on it: the union of what its targets' kinds and signals
 * declare, and to assume the roles of targets that have one, in place of theirs.
 * @param here where Headroom runs
 */
export function grantsOf(fleet: Fleet, here: Where): Grant[] {
  const targets = Object.values(fleet.targets);
  const roles = new Set(targets.map(({ role }) => role).filter((role) => role !== undefined));
  const own = targets.filter(({ role }) => role === undefined);
  return merged([
    ...own.flatMap((target) => needed(target, here)),
    ...[...roles].map((role) => ({ actions: ["sts:AssumeRole"], resources: [role] })),
  ]);
}

/** What Headroom needs to make forecasts of a fleet: to read the loads, in the roles of targets that have one. */
export function forecastGrantsOf(fleet: Pick<Fleet, "targets">): Grant[] {
  return merged(
    predictedTargets(fleet).map(({ role }) =>
      role === undefined ? METRICS : { actions: ["sts:AssumeRole"], resources: [role] },
    ),
  );
}

/** What a role must allow whose targets Headroom looks at and acts on in that role. */
export function grantsOfRole(fleet: Fleet, role: string, here: Where): Grant[] {
  const targets = Object.values(fleet.targets).filter((target) => target.role === role);
  return merged(targets.flatMap((target) => needed(target, here)));
}
