import { FORECAST_PERIOD_SECONDS } from "@headroom/loops/forecasts/period";
import { bus } from "./bus.ts";
import { predicted } from "./fleet.ts";
import { settings } from "./functions.ts";
import { log } from "./logs.ts";
import { forecastPermissions } from "./permissions.ts";
import { deadLetters } from "./queues.ts";
import { named } from "./stage.ts";
import { table } from "./table.ts";

/** Every quarter of an hour for the whole fleet, and at once for a target whose forecast was demoted. */
function forecasting() {
  const logs = log("ForecastLogs", "forecast");
  const own = settings("forecast", logs);
  const forecast = new sst.aws.Function("Forecast", {
    ...own,
    description:
      "Headroom, every quarter of an hour: reads the histories of loads, and forecasts them for the policies that want it",
    memory: "1024 MB",
    timeout: "5 minutes", // for a thousand targets, whose histories come in some fifty answers
    environment: { HEADROOM_TABLE: table.name },
    permissions: forecastPermissions(logs),
    retries: 2,
    transform: {
      ...own.transform,
      eventInvokeConfig: {
        maximumEventAgeInSeconds: FORECAST_PERIOD_SECONDS, // then the next one is due
        destinationConfig: { onFailure: { destination: deadLetters.arn } },
      },
    },
  });

  new sst.aws.CronV2("ForecastsDue", {
    // On the quarters of the clock: the newest step has settled by then, and each is judged before it is forecast anew.
    schedule: `cron(0/${FORECAST_PERIOD_SECONDS / 60} * * * ? *)`,
    function: forecast.arn,
    event: { version: 1, at: "<aws.scheduler.scheduled-time>" },
    retries: 3,
    dlq: deadLetters.arn,
    transform: {
      schedule: (args) => {
        args.target = $resolve([args.target]).apply(([target]) => ({
          ...target,
          retryPolicy: { ...target.retryPolicy, maximumEventAgeInSeconds: FORECAST_PERIOD_SECONDS },
        }));
      },
    },
  });

  const demoted = new aws.cloudwatch.EventRule("Demoted", {
    name: named("demoted"),
    description: "A forecast that is trusted no longer is made again",
    eventBusName: bus.name,
    eventPattern: $jsonStringify({ "detail-type": ["headroom.forecast.demoted"] }),
  });

  new aws.cloudwatch.EventTarget("DemotedTarget", {
    rule: demoted.name,
    eventBusName: bus.name,
    arn: forecast.arn,
    inputTransformer: {
      inputPaths: { at: "$.time", target: "$.detail.data.target" },
      inputTemplate: '{"version": 1, "at": <at>, "target": <target>}',
    },
    retryPolicy: { maximumEventAgeInSeconds: FORECAST_PERIOD_SECONDS, maximumRetryAttempts: 3 },
    deadLetterConfig: { arn: deadLetters.arn },
  });

  new aws.lambda.Permission("DemotedPermission", {
    action: "lambda:InvokeFunction",
    function: forecast.name,
    principal: "events.amazonaws.com",
    sourceArn: demoted.arn,
  });

  return { functions: { forecast }, rules: [demoted] };
}

type Parts = { functions: Record<string, sst.aws.Function>; rules: aws.cloudwatch.EventRule[] };

/** What makes forecasts: the function, and the rule that calls it. Nothing, where nothing is forecast. */
export const forecasts: Parts = predicted ? forecasting() : { functions: {}, rules: [] };
