import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { nameIn, type Registered } from "./reader.ts";

export const documentation = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html";

export const dimensions = [
  "dynamodb:table:ReadCapacityUnits",
  "dynamodb:table:WriteCapacityUnits",
  "dynamodb:index:ReadCapacityUnits",
  "dynamodb:index:WriteCapacityUnits",
];

/** @see Reader */
export function grants({ resourceId }: Registered, where: Where): Grant[] {
  return [{ actions: ["dynamodb:DescribeTable"], resources: [arn("dynamodb", `table/${nameIn(resourceId)}`, where)] }];
}

/** @see Reader */
export const load = () => import("../readers/dynamodb-throughput.ts");
