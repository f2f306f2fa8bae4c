import { tickDue } from "#events/tick-due";
import { every, kinds } from "../kinds.ts";
import { may, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

/** When Scheduler was to call, in what it delivers. */
export const SCHEDULED = "2026-01-01T00:00:00Z";

/** What Scheduler puts in place of its context attribute. */
export function delivered(input: unknown): unknown {
  return JSON.parse(JSON.stringify(input).replaceAll("<aws.scheduler.scheduled-time>", SCHEDULED));
}

/** Every minute, the tick, with the time for which it was scheduled. */
export function schedules(template: Template): string[] {
  const { tick, forecast, deadLetters } = partsOf(template);
  const all = every(template, kinds.schedule).filter(({ target }) => target.arn !== forecast?.arn);
  const [minute, ...more] = all;
  if (minute === undefined) return ["nothing is scheduled"];
  const { scheduleExpression, state, flexibleTimeWindow, target } = minute;
  const event = tickDue.safeParse(delivered(target.input));
  const role = { role: target.roleArn };
  return [
    ...unlessSame(more, [], "what else is scheduled"),
    ...unlessSame(
      [scheduleExpression, state, flexibleTimeWindow.mode],
      ["rate(1 minute)", "ENABLED", "OFF"],
      "the tick",
    ),
    ...unlessSame(target.arn, tick.arn, "what is called every minute"),
    ...unless(event.success, `the tick's payload is not what the function takes: ${event.error?.message}`),
    ...unlessSame(event.data?.at, SCHEDULED, "the time in the tick's payload"),
    ...unlessSame(target.retryPolicy.maximumRetryAttempts, 3, "how often a tick is delivered again"),
    ...unlessSame(target.retryPolicy.maximumEventAgeInSeconds, 60, "the age of a tick at which it is given up"),
    ...unlessSame(target.deadLetterConfig?.arn, deadLetters.arn, "where ticks go that cannot be delivered"),
    ...unless(may(template, role, "lambda:InvokeFunction", tick.arn), "Scheduler may not call the tick"),
    ...unless(may(template, role, "sqs:SendMessage", deadLetters.arn), "Scheduler may not leave a dead letter"),
  ];
}
