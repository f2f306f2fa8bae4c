import * as z from "zod";
import type { Signal } from "../config/signals.ts";
import * as objective from "./objective.ts";
import type { PolicyContext, PolicyKind, PolicyResult } from "./policy.ts";
import * as predictive from "./predictive.ts";
import * as queue from "./queue.ts";
import * as schedule from "./schedule.ts";
import * as step from "./step.ts";
import * as targetTracking from "./target-tracking.ts";

/** Settings of any policy. A new kind is one file, one line here and one line below. */
export const policySettings = z.discriminatedUnion("kind", [
  targetTracking.settings,
  queue.settings,
  step.settings,
  schedule.settings,
  predictive.settings,
  objective.settings,
]);
export type PolicySettings = z.infer<typeof policySettings>;

type Kinds = { [Settings in PolicySettings as Settings["kind"]]: Settings };
const kinds: { [Kind in keyof Kinds]: PolicyKind<Kinds[Kind]> } = {
  "target-tracking": targetTracking,
  queue,
  step,
  schedule,
  predictive,
  objective,
};

/** The signals that a policy wants to know. */
export function signalsOf<Kind extends keyof Kinds>(policy: Kinds[Kind] & { kind: Kind }): Signal[] {
  return kinds[policy.kind].signals(policy);
}

/** What a policy proposes. */
export function proposalOf<Kind extends keyof Kinds>(
  policy: Kinds[Kind] & { kind: Kind },
  context: PolicyContext,
): PolicyResult {
  return kinds[policy.kind].propose(policy, context);
}

/** Whether a policy looks at what the others propose, and so is asked after them. */
export function askedLast(policy: { kind: keyof Kinds }): boolean {
  return policy.kind === "objective" || policy.kind === "predictive";
}
