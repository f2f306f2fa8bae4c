import { forecastGrantsOf, grantsOf } from "@headroom/aws/grants";
import { policiesOf } from "@headroom/aws/policies";
import { fleet } from "../functions/lambda/fleet.ts";
import { bus } from "./bus.ts";
import { logs } from "./logs.ts";
import { deadLetters, shards, woken } from "./queues.ts";
import { account, named, partition, region } from "./stage.ts";
import { table } from "./table.ts";

const buried = { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] };

/** What each function that looks after targets needs for itself: exactly the calls that `packages/aws` makes. */
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
  buried,
];

// The place is known only while AWS is asked for it, and how many policies there are must be known before. These are
// as long as the longest that AWS has.
const place = { partition: "{partition}", region: "{this--region}", account: "{account-id}" };

/** What the targets in `headroom.config.ts` need, on their own ARNs, in as many policies as that takes. */
export const policies = policiesOf(grantsOf(fleet, place)).map(
  (document, index) =>
    new aws.iam.Policy(`Fleet${index}`, {
      // IAM's names are the account's, whatever the Region: the same stage may be in several.
      name: $interpolate`${named(`fleet-${index}`)}-${region}`,
      description: "What the targets of the fleet need",
      policy: $resolve([partition, region, account]).apply(([partition, region, account]) =>
        JSON.stringify(document)
          .replaceAll(place.partition, partition)
          .replaceAll(place.region, region)
          .replaceAll(place.account, account),
      ),
    }),
);

const received = (queue: sst.aws.Queue) => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  resources: [queue.arn],
});

const logged = (group: aws.cloudwatch.LogGroup) => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [$interpolate`${group.arn}:*`],
});

/** What each of them may do besides: for all of them, and its own. */
export const permissions = {
  tick: [...own, logged(logs.tick), { actions: ["sqs:SendMessage"], resources: [shards.arn] }],
  shard: [...own, logged(logs.shard), received(shards)],
  alarm: [...own, logged(logs.alarm), received(woken)],
};

/** What making forecasts takes: it reads metrics, and keeps what it makes of them. */
export const forecastPermissions = (group: aws.cloudwatch.LogGroup) => [
  { actions: ["dynamodb:PutItem"], resources: [table.arn] },
  buried,
  logged(group),
  ...forecastGrantsOf(fleet).map(({ actions, resources }) => ({ actions, resources })),
];
