import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { InvokeCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { CreateScheduleCommand } from "@aws-sdk/client-scheduler";
import { SendMessageCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import * as shardDue from "#events/shard-due";
import { every } from "../../synth/kinds.ts";
import { createOpenQueue, lastMinute } from "../beside.ts";
import type { Deployment } from "../deployment.ts";
import { inboxOf } from "../inbox.ts";
import { linesOf } from "../logs.ts";
import { urlOf } from "../queue-urls.ts";
import { role } from "../stack/roles.ts";
import { schedulesOf } from "../stack/schedules.ts";
import { announce } from "../stand-ins.ts";
import { atOnce, type Story, soon } from "./story.ts";

type Queue = { name: string };

async function send({ here }: Deployment, { name }: Queue, MessageBody: string): Promise<void> {
  await here.sqs.send(new SendMessageCommand({ QueueUrl: await urlOf(here, name), MessageBody }));
}

/** After how many seconds what fails comes again. Nobody waits for five minutes here. */
async function retryAfter(seconds: number, { here }: Deployment, { name }: Queue): Promise<void> {
  const Attributes = { VisibilityTimeout: String(seconds) };
  await here.sqs.send(new SetQueueAttributesCommand({ QueueUrl: await urlOf(here, name), Attributes }));
}

/** The own policy of the alarm's function, as it is put on its role. */
function ownPolicy({ template, parts }: Deployment) {
  const found = every(template, role).find(({ arn }) => arn === parts.alarm.role);
  const [policy] = found?.inlinePolicies ?? [];
  if (found === undefined || policy === undefined) throw new Error("the alarm's function has no policy of its own");
  return { RoleName: found.name, PolicyName: policy.name, PolicyDocument: policy.policy };
}

const withoutTable = (policy: string) => policy.replaceAll("dynamodb:", "dax:");

/** What cannot be done, and what becomes of it. */
export const deadLetters: Story = (deployed, check) => {
  check("what nobody can read is buried at once, with its cause", async () => {
    const { parts, buried } = deployed();
    await send(deployed(), parts.woken, "poison");
    await send(deployed(), parts.shards, '{"shard": 7}');
    await expect.poll(buried, soon).toContainEqual({
      ...{ type: "CloudWatch Alarm State Change", body: "poison" },
      cause: expect.stringContaining("the message is not JSON"),
    });
    await expect.poll(buried, soon).toContainEqual({
      ...{ type: shardDue.type, body: '{"shard": 7}' },
      cause: expect.stringContaining("shard"),
    });
  });

  check("what a function may not do is tried three times, and buried with its cause", async () => {
    const { here, alarm, parts, buried } = deployed();
    const policy = ownPolicy(deployed());
    await retryAfter(1, deployed(), parts.woken);
    const PolicyDocument = withoutTable(policy.PolicyDocument);
    await here.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
    await announce(here, { alarm, state: "ALARM", minute: lastMinute() });
    await expect.poll(buried, soon).toContainEqual({
      type: "CloudWatch Alarm State Change",
      body: expect.stringContaining(alarm),
      cause: expect.stringMatching(/^Denied: .*dynamodb:/),
    });
    await here.iam.send(new PutRolePolicyCommand(policy));
    await retryAfter(parts.woken.visibilityTimeoutSeconds, deployed(), parts.woken);
    const failures = (await linesOf(here, parts.alarm.loggingConfig.logGroup)).filter(({ level }) => level === "ERROR");
    expect(failures).toHaveLength(3);
  });

  check("a message that ends its function is taken out of the queue after four tries, as it is", async () => {
    const { here, parts, buried } = deployed();
    const FunctionName = parts.shard.name;
    const message = { version: 1, shard: "here/here#0", at: "2026-01-01T00:00:00Z" };
    await retryAfter(1, deployed(), parts.shards);
    await here.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Handler: "bundle.gone" }));
    await send(deployed(), parts.shards, JSON.stringify(message));
    await expect.poll(buried, { ...soon, timeout: 40_000 }).toContainEqual(message);
    const { handler: Handler } = parts.shard;
    await here.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Handler }));
    await retryAfter(parts.shards.visibilityTimeoutSeconds, deployed(), parts.shards);
  });

  check("a tick that fails is in the dead letters, with what it was called with and why", async () => {
    const { here, parts, buried } = deployed();
    const Payload = JSON.stringify({ at: "never" });
    await here.lambda.send(new InvokeCommand({ FunctionName: parts.tick.name, InvocationType: "Event", Payload }));
    await expect.poll(buried, soon).toContainEqual(
      expect.objectContaining({
        requestPayload: { at: "never" },
        responsePayload: expect.objectContaining({
          errorMessage: expect.stringContaining('at ("never") is not an instant'),
        }),
      }),
    );
  });
};

/** The same, where others than ourselves have to bury. */
export const others: Story = (deployed, check) => {
  check("a tick that the scheduler calls, and that fails, is in the dead letters", async () => {
    const { here, template, parts, buried } = deployed();
    const [minute] = schedulesOf(template, () => ({ at: "wrong" }));
    if (minute === undefined) throw new Error("there is no schedule");
    const now = `at(${new Date().toISOString().slice(0, 19)})`;
    await here.scheduler.send(new CreateScheduleCommand({ ...minute, Name: "fails", ScheduleExpression: now }));
    const { logGroup } = parts.tick.loggingConfig;
    await expect
      .poll(() => linesOf(here, logGroup), soon)
      .toContainEqual(expect.objectContaining({ message: "failed", event: { at: "wrong" } }));
    await expect.poll(buried, atOnce).toContainEqual(expect.objectContaining({ requestPayload: { at: "wrong" } }));
  });

  check("an event that a rule cannot deliver is in the dead letters", async () => {
    const { here, parts } = deployed();
    const { url, arn } = await createOpenQueue(here, "undelivered");
    const Targets = [
      {
        Id: "gone",
        Arn: parts.woken.arn.replace(parts.woken.name, "gone"),
        DeadLetterConfig: { Arn: arn },
      },
    ];
    await here.events.send(new PutRuleCommand({ Name: "gone", EventPattern: JSON.stringify({ source: ["gone"] }) }));
    await here.events.send(new PutTargetsCommand({ Rule: "gone", Targets }));
    await here.events.send(new PutEventsCommand({ Entries: [{ Source: "gone", DetailType: "gone", Detail: "{}" }] }));
    await expect.poll(inboxOf(here, url), atOnce).toContainEqual(expect.objectContaining({ source: "gone" }));
  });
};
