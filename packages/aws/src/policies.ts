import type { Conditions, Grant } from "./grants.ts";

/** A policy document, as IAM has it. */
export type PolicyDocument = {
  Version: "2012-10-17";
  Statement: { Effect: "Allow"; Action: string[]; Resource: string[]; Condition?: Conditions }[];
};

/** Characters that IAM allows in a managed policy, white space left out. */
export const MANAGED_POLICY_CHARACTERS = 6144;

/** Policies that IAM lets a role have, unless its quota was raised. */
export const POLICIES_A_ROLE = 10;

/** A grant for each of its resources. */
function single(grants: readonly Grant[]): Grant[] {
  return grants.flatMap((grant) => grant.resources.map((resource) => ({ ...grant, resources: [resource] })));
}

function documentOf(grants: readonly Grant[]): PolicyDocument {
  const alike = Map.groupBy(grants, ({ actions, conditions }) => JSON.stringify({ actions, conditions }));
  const Statement = [...alike.values()].map((group) => {
    const { actions = [], conditions } = group[0] ?? {};
    return {
      ...{ Effect: "Allow" as const, Action: actions, Resource: group.flatMap(({ resources }) => resources) },
      ...(conditions === undefined ? {} : { Condition: conditions }),
    };
  });
  return { Version: "2012-10-17", Statement };
}

/**
 * What is granted, in as many policies as it takes: a policy of one role has an end, and a fleet has none. Resources stay
 * in the order in which they come.
 * @param most characters that a policy may have
 */
export function policiesOf(grants: readonly Grant[], most = MANAGED_POLICY_CHARACTERS): PolicyDocument[] {
  const policies: Grant[][] = [];
  for (const grant of single(grants)) {
    const open = policies.at(-1);
    const fits = open !== undefined && JSON.stringify(documentOf([...open, grant])).length <= most;
    if (fits) open.push(grant);
    else policies.push([grant]);
  }
  return policies.map(documentOf);
}
