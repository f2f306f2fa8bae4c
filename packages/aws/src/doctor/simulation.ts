import {
  type ContextEntry,
  type EvaluationResult,
  type IAMClient,
  paginateSimulatePrincipalPolicy,
} from "@aws-sdk/client-iam";
import { collected, fewAtATime } from "../answers.ts";
import { translated } from "../errors.ts";
import type { Conditions, Grant } from "../grants.ts";

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html: no permission is used, nothing
// is called. What it cannot know are policies of resources, and values of conditions that only a real call has.

const AT_A_TIME = 3;

/** What IAM says of one action on one resource. `unknown`: it depends on what only a real call has. */
export type Verdict = { action: string; resource: string; is: "allowed" | "denied" | "unknown" };

function verdictOf(result: EvaluationResult, resource: string, decision: string | undefined): Verdict["is"] {
  if (decision === "allowed") return "allowed";
  const specific = result.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
  const missing = specific?.MissingContextValues ?? result.MissingContextValues ?? [];
  return missing.length > 0 && decision !== "explicitDeny" ? "unknown" : "denied";
}

function verdictsOf(result: EvaluationResult): Verdict[] {
  const {
    EvalActionName: action = "",
    EvalResourceName: resource = "*",
    EvalDecision,
    ResourceSpecificResults,
  } = result;
  const each = ResourceSpecificResults ?? [];
  if (each.length === 0) return [{ action, resource, is: verdictOf(result, resource, EvalDecision) }];
  return each.map(({ EvalResourceName: name = resource, EvalResourceDecision }) => ({
    ...{ action, resource: name, is: verdictOf(result, name, EvalResourceDecision) },
  }));
}

/** What a real call would be about. */
function contextOf(conditions: Conditions = {}): ContextEntry[] {
  const values = Object.values(conditions).flatMap((each) => Object.entries(each));
  return values.map(([ContextKeyName, value]) => ({
    ...{ ContextKeyName, ContextKeyType: "string" as const, ContextKeyValues: [value] },
  }));
}

/** Whether a user or role may do what is granted. @throws Denied, NotFound, Throttled, Invalid */
export async function simulated(client: IAMClient, principal: string, grants: readonly Grant[]): Promise<Verdict[]> {
  const each = await fewAtATime(grants, AT_A_TIME, ({ actions, resources, conditions }) => {
    const about = { ActionNames: actions, ResourceArns: resources, ContextEntries: contextOf(conditions) };
    const asked = { PolicySourceArn: principal, ...about };
    const pages = paginateSimulatePrincipalPolicy({ client }, asked);
    return translated(
      `simulating permissions of ${principal}`,
      collected(pages, ({ EvaluationResults }) => EvaluationResults),
    );
  });
  return each.flat().flatMap(verdictsOf);
}
