import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import * as alarmStateChanged from "#events/alarm-state-changed";
import { every, kinds } from "../synth/kinds.ts";
import type { Template } from "../synth/template.ts";
import type { Clients } from "./clients.ts";
import { targetsOf } from "./stack/rules.ts";

// What MiniStack leaves out and the rest hangs on. `gaps.ts` has a case for each: when the emulator does it itself, the
// case says so, and the stand-in has to go.

const SOURCE = "test.cloudwatch";

/**
 * MiniStack's CloudWatch says nothing on the bus when an alarm changes, and nobody else may speak as `aws.cloudwatch`.
 * So its events come in an envelope: for each rule there is one more, with the very pattern of the first for what is in
 * the envelope, and the same targets, which are given just that.
 */
export async function acceptEnvelopes(template: Template, { events }: Clients): Promise<void> {
  for (const { name, eventBusName, eventPattern } of every(template, kinds.rule)) {
    if (eventBusName !== undefined) continue;
    const Rule = `${name}-enveloped`;
    const EventPattern = JSON.stringify({ source: [SOURCE], detail: eventPattern });
    await events.send(new PutRuleCommand({ Name: Rule, EventPattern }));
    const Targets = targetsOf(template, name).map((target) => ({ ...target, InputPath: "$.detail" }));
    await events.send(new PutTargetsCommand({ Rule, Targets }));
  }
}

type Change = { alarm: string; state: "ALARM" | "OK"; minute: number };

/** What CloudWatch says of an alarm that changed because of a minute. @param minute its start, in seconds since the epoch */
export function alarmEvent({ alarm, state, minute }: Change) {
  const { sample } = alarmStateChanged;
  const startDate = new Date(minute * 1000).toISOString();
  const reasonData = JSON.stringify({ version: "1.0", startDate, period: 60, recentDatapoints: [50], threshold: 10 });
  const detail = { ...sample.detail, alarmName: alarm, state: { ...sample.detail.state, value: state, reasonData } };
  return { ...sample, time: new Date().toISOString().replace(/\.\d+/, ""), detail };
}

/** Puts on the account's bus what CloudWatch would say. */
export async function announce({ events }: Clients, change: Change): Promise<void> {
  const entry = { Source: SOURCE, DetailType: "envelope", Detail: JSON.stringify(alarmEvent(change)) };
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount !== 0) throw new Error("the event was not taken");
}

/** EventBridge Scheduler puts the scheduled time in this place; MiniStack's sends it as it is. */
const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

/** The input of a schedule as it is sent for one instant. @param at seconds since the epoch */
export const inputAt =
  (at: number) =>
  (given: unknown): unknown =>
    JSON.parse(JSON.stringify(given).replaceAll(SCHEDULED_TIME, `${new Date(at * 1000).toISOString().slice(0, 19)}Z`));

/**
 * Permissions as MiniStack reads them. AWS asks for `sqs:SendMessage` whether one message is sent or ten; MiniStack for an
 * action of its own. AWS asks for a service of ECS; MiniStack for the cluster that it is in.
 */
export function asRead(policy: string): string {
  return policy
    .replaceAll('"Action":"sqs:SendMessage"', '"Action":["sqs:SendMessage","sqs:SendMessageBatch"]')
    .replaceAll(
      /"(arn:[^"]+:)service\/([^/"]+)\/[^"]+"/g,
      (service, place, cluster) => `${service},"${place}cluster/${cluster}"`,
    );
}
