import { parseConfig } from "@headroom/decisions/config/define";
import { makeForecasts } from "@headroom/loops/forecasts/make";
import { expect, it } from "vitest";
import * as z from "zod";
import { scripted } from "../../../test/builders/aws.ts";
import { json } from "../../../test/contract/documented/server.ts";
import { createForecasting } from "./forecasting.ts";
import { forecastGrantsOf } from "./grants.ts";

const STEP = 300;
const DAY = 86_400;

const range = z.object({ StartTime: z.number(), EndTime: z.number() });

/** A load that is the same every day, at every step of what was asked for. */
function history(request: string) {
  const { StartTime, EndTime } = range.parse(JSON.parse(request));
  const count = Math.floor((EndTime - StartTime) / STEP);
  const Timestamps = Array.from({ length: count }, (_, index) => StartTime + index * STEP);
  const Values = Timestamps.map((at) => 3000 + 1000 * Math.sin((2 * Math.PI * at) / DAY));
  return json({ MetricDataResults: [{ Id: "s0", StatusCode: "Complete", Timestamps, Values }] });
}

const signal = { source: "cloudwatch", namespace: "AWS/ALB", metric: "RequestCount", statistic: "Sum" };
const fleet = parseConfig(
  {
    name: "shop",
    targets: {
      web: {
        resource: { kind: "ecs-service", cluster: "shop", service: "web" },
        ...{ min: 2, max: 40, policies: [{ kind: "predictive", signal, target: 60 }] },
      },
    },
  },
  "the fleet",
);

it("making forecasts calls what its function may call, and nothing else", async () => {
  const { settings, server } = await scripted({
    "cloudwatch:GetMetricData": [history],
    "dynamodb:PutItem": [json({})],
  });
  const made = await makeForecasts(createForecasting({ ...settings, table: "headroom" }), fleet);
  expect(made).toMatchObject({ made: ["web/predictive"], none: [] });
  const granted = forecastGrantsOf(fleet).flatMap(({ actions }) => actions);
  expect([...new Set(server.actions())]).toEqual([...granted, "dynamodb:PutItem"]); // infra/permissions.ts has the last
});
