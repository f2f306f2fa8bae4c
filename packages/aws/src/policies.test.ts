import { describe, expect, it } from "vitest";
import { MANAGED_POLICY_CHARACTERS, policiesOf } from "./policies.ts";

const services = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:ecs:eu-west-1:123456789012:service/shop/web-${index}`);
const acting = (resources: string[]) => ({ actions: ["ecs:DescribeServices", "ecs:UpdateService"], resources });
const reading = { actions: ["cloudwatch:GetMetricData"], resources: ["*"], why: "CloudWatch has no resource level" };

describe("policies", () => {
  it("of a small fleet are one, with a statement for each set of actions", () => {
    const [first, second] = services(2);
    expect(policiesOf([reading, acting(services(2))])).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["cloudwatch:GetMetricData"], Resource: ["*"] },
          { Effect: "Allow", Action: ["ecs:DescribeServices", "ecs:UpdateService"], Resource: [first, second] },
        ],
      },
    ]);
  });

  it("say under which conditions, each statement its own", () => {
    const inCluster = (name: string) => ({
      ...{ actions: ["ecs:ListTasks"], resources: ["*"] },
      conditions: { ArnEquals: { "ecs:cluster": `arn:aws:ecs:eu-west-1:123456789012:cluster/${name}` } },
    });
    const [policy] = policiesOf([inCluster("shop"), inCluster("back")]);
    expect(policy?.Statement.map(({ Resource, Condition }) => [Resource, Condition])).toEqual([
      [["*"], inCluster("shop").conditions],
      [["*"], inCluster("back").conditions],
    ]);
  });

  it("of nothing are none", () => {
    expect(policiesOf([])).toEqual([]);
  });

  it("of a large fleet are several, each as long as IAM allows, and nothing is lost", () => {
    const policies = policiesOf([reading, acting(services(500))]);
    const sizes = policies.map((policy) => JSON.stringify(policy).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MANAGED_POLICY_CHARACTERS);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(MANAGED_POLICY_CHARACTERS - 100);
    const granted = policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource));
    expect(granted).toEqual(["*", ...services(500)]);
  });
});
