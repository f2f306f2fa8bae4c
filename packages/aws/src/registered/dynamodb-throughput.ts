import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { validated as validatedGrant } from "../native/scalable-target-grants.ts";
import { nameIn, type Registered } from "./reader.ts";

export const documentation = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html";

export const dimensions = [
  "dynamodb:table:ReadCapacityUnits",
  "dynamodb:table:WriteCapacityUnits",
  "dynamodb:index:ReadCapacityUnits",
  "dynamodb:index:WriteCapacityUnits",
];

function tableOf(resourceId: string, where: Where): string[] {
  return [arn("dynamodb", `table/${nameIn(resourceId)}`, where)];
}

/** @see Reader */
export function grants({ resourceId }: Registered, where: Where): Grant[] {
  return [{ actions: ["dynamodb:DescribeTable"], resources: tableOf(resourceId, where) }];
}

/** @see Reader */
export function validated({ resourceId }: Registered, where: Where): Grant[] {
  return [validatedGrant(["dynamodb:UpdateTable"], tableOf(resourceId, where))];
}

/** @see Reader */
export const load = () => import("../readers/dynamodb-throughput.ts");
