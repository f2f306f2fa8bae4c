import type { Properties } from "./computed.ts";
import { ACCOUNT, PARTITION, REGION } from "./place.ts";

// What the program asks AWS while it runs: where it is, and how a policy is written.

type Statement = {
  sid?: string;
  effect?: string;
  actions?: string[];
  resources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
};

/** One value stands alone in a policy, several in a list. */
function single(values: readonly string[] | undefined): string | readonly string[] | undefined {
  return values?.length === 1 ? values[0] : values;
}

function conditionsOf({ conditions = [] }: Statement): Properties | undefined {
  const tests = Object.entries(Object.groupBy(conditions, ({ test }) => test));
  if (tests.length === 0) return undefined;
  const entries = (of: Statement["conditions"] = []) => of.map(({ variable, values }) => [variable, single(values)]);
  return Object.fromEntries(tests.map(([test, of]) => [test, Object.fromEntries(entries(of))]));
}

function statement(each: Statement): Properties {
  const principals = each.principals?.map(({ type, identifiers }) => [type, single(identifiers)]);
  return {
    Sid: each.sid,
    Effect: each.effect ?? "Allow",
    Principal: principals && Object.fromEntries(principals),
    Action: single(each.actions),
    Resource: single(each.resources),
    Condition: conditionsOf(each),
  };
}

function policyDocument(inputs: { statements?: Statement[] }): Properties {
  const json = JSON.stringify({ Version: "2012-10-17", Statement: (inputs.statements ?? []).map(statement) });
  return { ...inputs, id: "policy", json, minifiedJson: json };
}

const answers: Record<string, (inputs: Properties) => Properties> = {
  "aws:index/getPartition:getPartition": () => ({ id: PARTITION, partition: PARTITION, dnsSuffix: "amazonaws.com" }),
  "aws:index/getRegion:getRegion": () => ({ id: REGION, region: REGION, name: REGION }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: ACCOUNT,
    accountId: ACCOUNT,
    arn: `arn:${PARTITION}:iam::${ACCOUNT}:root`,
    userId: ACCOUNT,
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
};

/** The answer to a question, or undefined when nobody knows what AWS would say. */
export function answerTo(token: string, inputs: Properties): Properties | undefined {
  return answers[token]?.(inputs);
}
