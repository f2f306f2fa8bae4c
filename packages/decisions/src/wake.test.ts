import { describe, expect, it } from "vitest";
import { alarmOf } from "./alarms.ts";
import { parseConfig } from "./config/define.ts";
import { Invalid } from "./errors.ts";
import { wakeAlarms } from "./wake.ts";

const signal = { source: "cloudwatch", namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Average" };
const policies = [{ kind: "target-tracking", of: "average", target: 60, signals: [signal] }];

function fleetOf(changes: object = {}) {
  const target = { min: 2, max: 9, policies, resource: { kind: "ecs-service", cluster: "shop", service: "web" } };
  return parseConfig({ name: "shop", targets: { web: { ...target, ...changes } } }, "the configuration");
}

describe("the alarms that wake targets", () => {
  it("are one for each that asks, named after it, as its policies say", () => {
    const fleet = fleetOf({ wake: "alarm" });
    const { web } = fleet.targets;
    expect(web).toBeDefined();
    expect(wakeAlarms(fleet, "dev")).toEqual([
      { target: "web", name: "headroom/dev/shop/web", ...(web && alarmOf(web)) },
    ]);
  });

  it("are none where no target asks", () => {
    expect(wakeAlarms(fleetOf(), "dev")).toEqual([]);
  });

  it.each([{ region: "eu-west-1" }, { account: "123456789012", role: "arn:aws:iam::123456789012:role/headroom" }])(
    "are refused elsewhere (%j)",
    (place) => {
      const fleet = fleetOf({ wake: "alarm", ...place });
      expect(() => wakeAlarms(fleet, "dev")).toThrow(Invalid);
      expect(() => wakeAlarms(fleet, "dev")).toThrow(/targets\.web\.wake: .* account and Region/);
    },
  );
});
