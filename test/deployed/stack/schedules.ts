import { CreateScheduleCommand, FlexibleTimeWindowMode, ScheduleState } from "@aws-sdk/client-scheduler";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Template } from "../../synth/template.ts";
import type { Clients } from "../clients.ts";

const mode = z.enum(FlexibleTimeWindowMode);
const state = z.enum(ScheduleState);

const named = { type: kinds.schedule.type, inputs: kinds.schedule.inputs.extend({ name: z.string() }) };

/** The schedules, as the API has them. @param input what each sends, of what it is to send */
export function schedulesOf(template: Template, input: (given: unknown) => unknown) {
  return every(template, named).map((each) => {
    const { retryPolicy: retry, deadLetterConfig: dead } = each.target;
    return {
      ...{ Name: each.name, ScheduleExpression: each.scheduleExpression, State: state.parse(each.state) },
      FlexibleTimeWindow: { Mode: mode.parse(each.flexibleTimeWindow.mode) },
      Target: {
        ...{ Arn: each.target.arn, RoleArn: each.target.roleArn, Input: JSON.stringify(input(each.target.input)) },
        RetryPolicy: {
          MaximumEventAgeInSeconds: retry.maximumEventAgeInSeconds,
          MaximumRetryAttempts: retry.maximumRetryAttempts,
        },
        ...(dead && { DeadLetterConfig: { Arn: dead.arn } }),
      },
    };
  });
}

/** Makes the schedules. @param input as of `schedulesOf` */
export async function createSchedules(
  template: Template,
  { scheduler }: Clients,
  input: (given: unknown) => unknown,
): Promise<void> {
  for (const each of schedulesOf(template, input)) await scheduler.send(new CreateScheduleCommand(each));
}

/** Has a queue get what a schedule sends as it is, when it sends it to what it is deployed for. */
export async function createProbe(template: Template, { scheduler }: Clients, queue: string): Promise<void> {
  for (const each of schedulesOf(template, (given) => given)) {
    await scheduler.send(
      new CreateScheduleCommand({ ...each, Name: `${each.Name}-probe`, Target: { ...each.Target, Arn: queue } }),
    );
  }
}
