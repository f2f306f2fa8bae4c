import type { Mutation } from "./mutation.ts";

const file = "infra/permissions.ts";
const least = "may do what is needed and nothing else";
const real = "names real actions, and resources where there are any";
const own = "has roles for their own service alone";

export const permissions: Mutation[] = [
  {
    what: "every action on the table",
    ...{ file, from: '"dynamodb:Query",', to: '"dynamodb:*",', breaks: real, says: /dynamodb:\* is more than one/ },
  },
  {
    what: "every bus there is",
    ...{ file, from: "resources: [bus.arn]", to: 'resources: ["*"]', breaks: real, says: /PutEvents is on everything/ },
  },
  {
    what: "an action that does not exist",
    ...{
      file,
      from: '"dynamodb:GetItem",',
      to: '"dynamodb:GetItems",',
      breaks: real,
      says: /no action dynamodb:GetItems/,
    },
  },
  {
    what: "an action that nothing calls",
    ...{ file, from: '"dynamodb:PutItem",', to: '"dynamodb:PutItem", "dynamodb:DeleteItem",' },
    ...{ breaks: least, says: /TickFunction may dynamodb:DeleteItem .* which nothing needs/ },
  },
  {
    what: "nothing for the targets",
    ...{ file, from: "grantsOf(fleet, place)", to: "[]" },
    ...{ breaks: least, says: /TickFunction may not ecs:UpdateService on/ },
  },
  {
    what: "no messages for the shards",
    ...{
      file,
      from: "received(shards)",
      to: "received(woken)",
      breaks: least,
      says: /ShardFunction may not sqs:Receive/,
    },
  },
];

export const roles: Mutation[] = [
  {
    what: "policies that are too long",
    ...{ file: "infra/permissions.ts", from: "JSON.stringify(document)", to: "JSON.stringify(document).padEnd(7000)" },
    ...{ breaks: "has policies that IAM takes", says: /Fleet0 has \d+ characters/ },
  },
  {
    what: "AWS's policy for all logs",
    ...{ file: "infra/functions.ts", from: /managedPolicyArns, .*\n/, to: "\n", breaks: own },
    says: /policies of AWS's own on TickRole/,
  },
  {
    what: "a role that the whole account may assume",
    ...{ file: "infra/functions.ts", from: /assumeRolePolicy: .*\n/, to: "\n", breaks: own },
    says: /who may assume TickRole .*:root/,
  },
];
