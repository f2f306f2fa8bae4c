import { sample, type } from "#events/forecast-demoted";
import { forecastDue } from "#events/forecast-due";
import { every, kinds } from "../kinds.ts";
import { lets, may, type Parts, partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { transformed } from "../transformed.ts";
import { unless, unlessSame } from "./rule.ts";
import { delivered, SCHEDULED } from "./schedules.ts";

/** Seconds: what is older is followed by the next one. */
const QUARTER_HOUR = 900;
const EVENTS = "events.amazonaws.com";

type Forecast = NonNullable<Parts["forecast"]>;

/** Every quarter of an hour, for the whole fleet, with the time that was scheduled. */
function scheduled(template: Template, forecast: Forecast): string[] {
  const { deadLetters } = partsOf(template);
  const due = every(template, kinds.schedule).find(({ target }) => target.arn === forecast.arn);
  if (due === undefined) return ["nothing calls for forecasts every quarter of an hour"];
  const { scheduleExpression, state, flexibleTimeWindow, target } = due;
  const event = forecastDue.safeParse(delivered(target.input));
  const role = { role: target.roleArn };
  const is = [scheduleExpression, state, flexibleTimeWindow.mode, target.retryPolicy.maximumEventAgeInSeconds];
  return [
    ...unlessSame(is, ["cron(0/15 * * * ? *)", "ENABLED", "OFF", QUARTER_HOUR], "when forecasts are made"),
    ...unlessSame(event.data, { version: 1, at: SCHEDULED }, "what calls for forecasts"),
    ...unlessSame(target.deadLetterConfig?.arn, deadLetters.arn, "where calls for forecasts go that are not delivered"),
    ...unless(may(template, role, "lambda:InvokeFunction", forecast.arn), "Scheduler may not call for forecasts"),
    ...unless(may(template, role, "sqs:SendMessage", deadLetters.arn), "Scheduler may not leave a dead letter"),
  ];
}

/** At once for a target whose forecast was demoted, by the one rule that may call. */
function whenDemoted(template: Template, forecast: Forecast): string[] {
  const { bus, deadLetters } = partsOf(template);
  const target = every(template, kinds.target).find(({ arn }) => arn === forecast.arn);
  const rule = every(template, kinds.rule).find(({ name }) => name === target?.rule);
  if (target === undefined || rule === undefined) return ["a forecast that is demoted is not made again"];
  const event = forecastDue.safeParse(transformed(target, { time: SCHEDULED, detail: sample }));
  const permissions = every(template, kinds.permission).map(({ logical: _, action, principal, sourceArn, ...of }) => {
    return [action, of.function, principal, sourceArn];
  });
  const policies = every(template, kinds.queuePolicy).flatMap(({ policy }) => policy);
  const sends = { service: EVENTS, action: "sqs:SendMessage", on: deadLetters.arn, source: rule.arn };
  return [
    ...unlessSame([rule.eventBusName, target.eventBusName], [bus.id, bus.id], "the bus of forecasts that are demoted"),
    ...unlessSame(rule.eventPattern, { "detail-type": [type] }, "which events call for a forecast"),
    ...unlessSame(
      event.data,
      { version: 1, at: SCHEDULED, target: sample.data.target },
      "what calls for one target's forecast",
    ),
    ...unlessSame(
      permissions,
      [["lambda:InvokeFunction", forecast.name, EVENTS, rule.arn]],
      "who but Scheduler may call for forecasts",
    ),
    ...unlessSame(target.retryPolicy?.maximumEventAgeInSeconds, QUARTER_HOUR, "the age of a demotion that is given up"),
    ...unlessSame(target.deadLetterConfig?.arn, deadLetters.arn, "where demotions go that cannot be delivered"),
    ...unless(lets(policies, sends), "EventBridge may not leave a demotion as a dead letter"),
  ];
}

/** Where something is forecast: every quarter of an hour and when one is demoted, tried again, and told when that fails. */
export function forecasts(template: Template): string[] {
  const { forecast, deadLetters } = partsOf(template);
  if (forecast === undefined) {
    const calls = every(template, kinds.permission).map(({ logical }) => logical);
    return unlessSame(calls, [], "who may call functions where nothing is forecast");
  }
  const told = every(template, kinds.invocation).find(({ functionName }) => functionName === forecast.name);
  const tries = [told?.maximumEventAgeInSeconds, told?.maximumRetryAttempts, told?.destinationConfig];
  const should = [QUARTER_HOUR, 2, { onFailure: { destination: deadLetters.arn } }];
  return [
    ...scheduled(template, forecast),
    ...whenDemoted(template, forecast),
    ...unlessSame(tries, should, "how often forecasts are tried, and who is told"),
    ...unlessSame(forecast.memorySize, 1024, "the memory of forecasts"),
  ];
}
