import { grantsOf } from "@headroom/aws/grants";
import { fleet } from "../functions/lambda/fleet.ts";
import { bus } from "./bus.ts";
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
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
  resources: [queue.arn],
});

/** What each function may do. What it writes in its log is beside its log. */
export const permissions = {
  tick: $resolve([targets]).apply(([targets]) => [
    ...own,
    { actions: ["sqs:SendMessage"], resources: [shards.arn] },
    ...targets,
  ]),
  shard: $resolve([targets]).apply(([targets]) => [...own, received(shards), ...targets]),
  alarm: $resolve([targets]).apply(([targets]) => [...own, received(woken), ...targets]),
};
