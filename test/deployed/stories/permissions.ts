import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { SendMessageBatchCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import { createQueue } from "../beside.ts";
import type { Deployment } from "../deployment.ts";
import { inboxOf } from "../inbox.ts";
import { atOnce, type Story } from "./story.ts";

/** How somebody reaches AWS who may do one thing to one resource. */
async function allowed({ here, recorder }: Deployment, UserName: string, Action: string, Resource: string) {
  await here.iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
  await here.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "one", PolicyDocument }));
  const { AccessKey } = await here.iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const credentials = { accessKeyId, secretAccessKey, accountId: "123456789012" };
  return { region: "eu-west-1", endpoint: recorder.endpoint, credentials, maxAttempts: 1 };
}

/** What AWS lets through and what it keeps back: the roles of the functions count on it. */
export const permissions: Story = (deployed, check) => {
  check("who may send a message to a queue may send several", async () => {
    const { url, arn } = await createQueue(deployed().here, "several");
    const sqs = new SQSClient({
      ...(await allowed(deployed(), "sender", "sqs:SendMessage", arn)),
      useQueueUrlAsEndpoint: false,
    });
    const Entries = [{ Id: "0", MessageBody: "one" }];
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(await inboxOf(deployed().here, url)()).toEqual(["one"]);
  });

  check("who may read a service may read it, whatever the cluster", async () => {
    const service = "arn:aws:ecs:eu-west-1:123456789012:service/deployed/web";
    const ecs = new ECSClient(await allowed(deployed(), "reader", "ecs:DescribeServices", service));
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "deployed", services: ["web"] }));
    expect(services).toHaveLength(1);
  });

  check("a rule that the policy of a queue does not name delivers nothing to it", async () => {
    const { here } = deployed();
    const { url, arn } = await createQueue(here, "closed");
    const principal = { Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn };
    const condition = {
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/other" } },
    };
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", ...principal, ...condition }],
    });
    await here.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    await here.events.send(new PutRuleCommand({ Name: "stray", EventPattern: JSON.stringify({ source: ["stray"] }) }));
    await here.events.send(new PutTargetsCommand({ Rule: "stray", Targets: [{ Id: "closed", Arn: arn }] }));
    await here.events.send(new PutEventsCommand({ Entries: [{ Source: "stray", DetailType: "stray", Detail: "{}" }] }));
    const delivered = expect.poll(inboxOf(here, url), atOnce).toContainEqual(expect.anything());
    await expect(delivered).rejects.toThrow();
  });
};
