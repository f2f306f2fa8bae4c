import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import type { Clients } from "./clients.ts";

// What is there beside Headroom: the services that it scales, their load, and who listens to what it says.

const CLUSTER = "deployed";

/** A service of so many tasks. */
export async function createService({ ecs }: Clients, serviceName: string, desiredCount: number): Promise<void> {
  const containerDefinitions = [{ name: "app", image: "app", memory: 64 }];
  await ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  await ecs.send(new RegisterTaskDefinitionCommand({ family: "app", containerDefinitions }));
  await ecs.send(new CreateServiceCommand({ cluster: CLUSTER, serviceName, taskDefinition: "app", desiredCount }));
}

/** How many tasks a service is to have. */
export async function desiredOf({ ecs }: Clients, service: string): Promise<number | undefined> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [service] }));
  return services[0]?.desiredCount;
}

/** The start of the last minute that is over, in seconds since the epoch. */
export function lastMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60 - 60;
}

/** Requests that came in a minute. @param minute its start, in seconds since the epoch */
export async function putLoad({ cloudwatch }: Clients, requests: number, minute: number): Promise<void> {
  const Dimensions = [{ Name: "Service", Value: "web" }];
  const datum = { MetricName: "Requests", Dimensions, Timestamp: new Date(minute * 1000), Value: requests };
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: "Deployed", MetricData: [datum] }));
}

/** A queue of its own. @returns its URL and ARN */
export async function createQueue({ sqs }: Clients, QueueName: string): Promise<{ url: string; arn: string }> {
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] });
  const { Attributes } = await sqs.send(asked);
  return { url, arn: Attributes?.QueueArn ?? "" };
}

/** A queue that anybody may send to, for those who listen. @returns its URL and ARN */
export async function createOpenQueue(clients: Clients, name: string): Promise<{ url: string; arn: string }> {
  const { url, arn } = await createQueue(clients, name);
  const everybody = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [everybody] });
  await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { url, arn };
}

/** Messages to work off. */
export async function sendWork({ sqs }: Clients, QueueUrl: string, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += 1)
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(sent) }));
}

/** Has what Headroom puts on its bus come to a queue. @returns the URL of the queue */
export async function listenToBus(clients: Clients, EventBusName: string): Promise<string> {
  const { url, arn } = await createOpenQueue(clients, "announced");
  const EventPattern = JSON.stringify({ source: ["headroom"] });
  await clients.events.send(new PutRuleCommand({ Name: "announced", EventBusName, EventPattern }));
  const Targets = [{ Id: "announced", Arn: arn }];
  await clients.events.send(new PutTargetsCommand({ Rule: "announced", EventBusName, Targets }));
  return url;
}

/** Has what people are told come to a queue, as it is. @returns the URL of the queue */
export async function subscribe(clients: Clients, TopicArn: string): Promise<string> {
  const { url, arn } = await createOpenQueue(clients, "told");
  const Attributes = { RawMessageDelivery: "true" };
  await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: arn, Attributes }));
  return url;
}
