import { expect, it } from "vitest";
import { parseConfig } from "./config/define.ts";
import { predictedTargets } from "./predicted.ts";

const signal = { source: "cloudwatch", namespace: "AWS/ALB", metric: "RequestCount", statistic: "Sum" };
const tracking = { kind: "target-tracking", of: "total", target: 60, signals: [signal] };
const predictive = { kind: "predictive", target: 60, signal };

function fleetWith(...policies: object[]) {
  const resource = (service: string) => ({ kind: "ecs-service", cluster: "shop", service });
  const api = { min: 2, max: 9, policies: [tracking], resource: resource("api") };
  return parseConfig({ name: "shop", targets: { api, web: { ...api, policies, resource: resource("web") } } }, "it");
}

it("what is forecast is the targets with a predictive policy, whatever else they have", () => {
  const fleet = fleetWith(tracking, predictive);
  expect(predictedTargets(fleet)).toEqual([fleet.targets.web]);
});

it("nothing is forecast where no policy is predictive", () => {
  expect(predictedTargets(fleetWith(tracking))).toEqual([]);
});
