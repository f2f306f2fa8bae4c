import { every, kinds } from "./kinds.ts";
import type { Template } from "./template.ts";

// The parts of a deployment by the names that infra/ gives them, and what they say of each other.

/** @throws Error when it is not there: whatever a rule is about, it cannot be said */
function only<Item extends { logical: string }>(items: readonly Item[], logical: string): Item {
  const [found, ...more] = items.filter((each) => each.logical === logical);
  if (found === undefined || more.length > 0) throw new Error(`there are ${more.length} ${logical} too many, or none`);
  return found;
}

export type Parts = ReturnType<typeof partsOf>;

export function partsOf(template: Template) {
  const functions = every(template, kinds.function);
  const queues = every(template, kinds.queue);
  const looking = {
    tick: only(functions, "TickFunction"),
    shard: only(functions, "ShardFunction"),
    alarm: only(functions, "AlarmFunction"),
  };
  return {
    ...looking,
    functions,
    /** The functions that look after targets. */
    looking: Object.values(looking),
    /** Only where something is forecast. */
    forecast: functions.find(({ logical }) => logical === "ForecastFunction"),
    shards: only(queues, "ShardsQueue"),
    woken: only(queues, "WokenQueue"),
    deadLetters: only(queues, "DeadLettersQueue"),
    table: only(every(template, kinds.table), "StateTable"),
    bus: only(every(template, kinds.bus), "EventsBus"),
    topic: only(every(template, kinds.topic), "NotificationsTopic"),
  };
}

type Named = { role: string };

/** What a function, or whoever else has a role, may do: every statement of every policy on the role. */
export function statementsOf(template: Template, { role }: Named) {
  const found = every(template, kinds.role).find(({ arn }) => arn === role);
  const attached = every(template, kinds.policy).filter(({ arn }) => found?.managedPolicyArns.includes(arn));
  return [...(found?.inlinePolicies ?? []), ...attached].flatMap(({ policy }) => policy);
}

/** Whether somebody may do something to exactly this resource. */
export function may(template: Template, who: Named, action: string, resource: string): boolean {
  return statementsOf(template, who).some(
    ({ Action, Resource }) => Action.includes(action) && Resource.includes(resource),
  );
}

/** Whether a policy on a resource lets AWS's own service do something to it, on behalf of `source` alone. */
export function lets(
  statements: readonly { Action: string[]; Principal?: unknown; Resource: string[]; Condition?: unknown }[],
  { service, action, on, source }: { service: string; action: string; on: string; source: string },
): boolean {
  return statements.some(
    ({ Action, Principal, Resource, Condition }) =>
      Action.includes(action) &&
      Resource.includes(on) &&
      JSON.stringify(Principal) === JSON.stringify({ Service: [service] }) &&
      JSON.stringify(Condition).includes(JSON.stringify(source)),
  );
}
