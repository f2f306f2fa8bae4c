import type { Mutation } from "./mutation.ts";

const file = "infra/forecasts.ts";
const breaks = "makes forecasts where something is forecast";

export const forecasts: Mutation[] = [
  {
    what: "forecasts once an hour",
    ...{
      file,
      from: "FORECAST_PERIOD_SECONDS / 60",
      to: "60",
      breaks,
      says: /when forecasts are made is .*cron\(0\/60 /,
    },
  },
  {
    what: "a demotion that does not say of which target",
    ...{ file, from: '"$.detail.data.target"', to: '"$.detail.target"', breaks, says: /JSON|one target's forecast/ },
  },
  {
    what: "forecasts that every rule may call for",
    ...{ file, from: "sourceArn: demoted.arn,", to: "", breaks: "cannot be reached from outside" },
    says: /DemotedPermission does not say on whose behalf/,
  },
  {
    what: "forecasts that fail and nobody hears of",
    ...{
      file,
      from: /destinationConfig: .*\n/,
      to: "\n",
      breaks,
      says: /destinationConfig/,
    },
  },
  {
    what: "a demotion of another bus",
    ...{ file, from: /eventBusName: bus\.name,/, to: "", breaks, says: /the bus of forecasts that are demoted/ },
  },
  {
    what: "more than forecasts take",
    ...{ file: "infra/permissions.ts", from: '["dynamodb:PutItem"]', to: '["dynamodb:PutItem", "dynamodb:Query"]' },
    ...{ breaks: "may do what is needed and nothing else", says: /ForecastFunction may dynamodb:Query/ },
  },
];
