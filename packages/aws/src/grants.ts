import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { predictedTargets } from "@headroom/decisions/predicted";
import { signalsFor } from "@headroom/loops/observe";
import type { Where } from "./arn.ts";
import { METRICS, signalGrants } from "./signals/grants.ts";
import { grantsFor } from "./targets/registry.ts";

/** What a request must be about besides, as IAM has it: values by key, by how they are compared. */
export type Conditions = Record<string, Record<string, string>>;

/** Permissions as IAM has them: these actions on these resources. */
export type Grant = {
  actions: string[];
  resources: string[];
  conditions?: Conditions;
  /** There where the resource is `*`, because AWS has none to name. */
  why?: string;
  /** Who tests the permissions before it does what Headroom asks, where Headroom itself does not use them. */
  validatedBy?: string;
};

/** Where a target is, when it is not where Headroom itself runs. */
function whereOf({ account, region }: TargetConfig, here: Where): Where {
  return { ...here, account: account ?? here.account, region: region ?? here.region };
}

function needed(config: TargetConfig, here: Where): Grant[] {
  const where = whereOf(config, here);
  return [...grantsFor(config.resource, where, config.mode), ...signalGrants(signalsFor(config), where)];
}

type Terms = Pick<Grant, "conditions" | "validatedBy">;

/** Those of the same terms, in as few grants as can be. */
function alike(grants: readonly Grant[], terms: Terms): [string, Grant][] {
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
  return [...byActions].map(([actions, group]) => {
    const why = [...new Set(group.flatMap(([, each]) => [...each.why]))].sort().join("; ");
    const resources = group.map(([resource]) => resource).sort();
    return [actions, { actions: actions.split(" "), resources, ...terms, ...(why === "" ? {} : { why }) }];
  });
}

/** Without what is granted for use as well. */
function onlyValidated(grant: Grant, used: ReadonlySet<string>): Grant[] {
  if (grant.validatedBy === undefined) return [grant];
  return grant.resources.map((resource) => {
    const actions = grant.actions.filter((action) => !used.has(`${action} on ${resource}`));
    return { ...grant, actions, resources: [resource] };
  });
}

/** The same permissions in as few grants as can be, in an order that does not depend on that of the targets. */
function merged(grants: readonly Grant[]): Grant[] {
  const free = grants.filter(({ conditions, validatedBy }) => conditions === undefined && validatedBy === undefined);
  const used = new Set(
    free.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((each) => `${action} on ${each}`)),
    ),
  );
  const needed = grants.flatMap((grant) => onlyValidated(grant, used)).filter(({ actions }) => actions.length > 0);
  const byTerms = Map.groupBy(needed, ({ conditions, validatedBy }) => JSON.stringify({ conditions, validatedBy }));
  return [...byTerms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => {
      const { conditions, validatedBy } = some[0] ?? {};
      const terms = { ...(conditions && { conditions }), ...(validatedBy && { validatedBy }) };
      return alike(some, terms).sort(([a], [b]) => (a < b ? -1 : 1));
    })
    .map(([, grant]) => grant);
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
