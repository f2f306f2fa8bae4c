import { grantsOf } from "@headroom/aws/grants";
import { fleet } from "../functions/lambda/fleet.ts";
import { bus } from "./bus.ts";
import { logs } from "./logs.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { account, partition, region } from "./stage.ts";
import { table } from "./table.ts";

/** What each function needs for itself: exactly the calls that `packages/aws` makes. */
const own = [
  {
    actions: [
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ],
    resources: [table.arn],
  },
  { actions: ["events:PutEvents"], resources: [bus.arn] },
  { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] },
];

/** What the targets in `headroom.config.ts` need, on their own ARNs. */
const targets = $resolve([partition, region, account]).apply(([partition, region, account]) =>
  grantsOf(fleet, { partition, region, account }).map(({ actions, resources }) => ({ actions, resources })),
);

const received = (queue: sst.aws.Queue) => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  resources: [queue.arn],
});

const logged = (group: aws.cloudwatch.LogGroup) => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [$interpolate`${group.arn}:*`],
});

/** What a function may do: for all of them, its own, and for the fleet. */
const may = (...rest: { actions: string[]; resources: $util.Input<string>[] }[]) =>
  $resolve([targets]).apply(([targets]) => [...own, ...rest, ...targets]);

export const permissions = {
  tick: may(logged(logs.tick), { actions: ["sqs:SendMessage"], resources: [shards.arn] }),
  shard: may(logged(logs.shard), received(shards)),
  alarm: may(logged(logs.alarm), received(woken)),
};
