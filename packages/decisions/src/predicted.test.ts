import { expect, it } from "vitest";
import { parseConfig } from "./config/define.ts";
import { isPredicted } from "./predicted.ts";

const signal = { source: "cloudwatch", namespace: "AWS/ALB", metric: "RequestCount", statistic: "Sum" };
const tracking = { kind: "target-tracking", of: "total", target: 60, signals: [signal] };
const predictive = { kind: "predictive", target: 60, signal };

function fleetWith(...policies: object[]) {
  const resource = (service: string) => ({ kind: "ecs-service", cluster: "shop", service });
  const api = { min: 2, max: 9, policies: [tracking], resource: resource("api") };
  return parseConfig({ name: "shop", targets: { api, web: { ...api, policies, resource: resource("web") } } }, "it");
}

it.each([
  { what: "one policy among others", fleet: fleetWith(tracking, predictive), predicted: true },
  { what: "no policy", fleet: fleetWith(tracking), predicted: false },
])("a fleet with $what that is predictive: $predicted", ({ fleet, predicted }) => {
  expect(isPredicted(fleet)).toBe(predicted);
});
