import { estimateOf } from "@headroom/cli/cost/estimate";
import { play } from "@headroom/cli/cost/play";
import { parseConfig } from "@headroom/decisions/config/define";
import type { FleetInput } from "@headroom/decisions/config/fleet";
import type { Item } from "@headroom/twin/prices";
import { expect, it } from "vitest";
import { metric, tracking } from "../builders/decisions.ts";

type Targets = FleetInput["targets"];

const HOUR = 3600;
const target = (service: string, changes: Partial<Targets[string]> = {}): Targets[string] => ({
  resource: { kind: "ecs-service", cluster: "shop", service },
  ...{ min: 1, max: 10, policies: [tracking({ signals: [metric(service)] })] },
  ...changes,
});

async function estimated(targets: Targets, seconds = HOUR) {
  const fleet = parseConfig({ name: "shop", targets }, "the test");
  return estimateOf(fleet, await play(fleet, { seconds, seed: 1 }, () => undefined));
}

async function quantities(targets: Targets) {
  const { lines } = await estimated(targets);
  return (item: Item) => lines.find((line) => line.item === item)?.quantity ?? 0;
}

const waking = target("search", { wake: "alarm" });

it("adds up over targets, but for what there is once", async () => {
  const [web, search, both] = await Promise.all([
    quantities({ web: target("web") }),
    quantities({ search: waking }),
    quantities({ web: target("web"), search: waking }),
  ]);
  expect(both("metricsRead")).toBeGreaterThan(web("metricsRead"));
  expect(both("metricsRead")).toBeLessThanOrEqual(web("metricsRead") + search("metricsRead"));
  expect(web("metricsRead")).toBeGreaterThanOrEqual(43_800);
  const standing = web("alarmMetrics");
  expect(both("alarmMetrics") - standing).toBe(web("alarmMetrics") - standing + (search("alarmMetrics") - standing));
  expect(search("alarmMetrics") - standing).toBe(1);
  for (const once of ["dashboards", "schedulerInvocations"] as const) expect(both(once)).toBe(web(once));
});

it("is the same for the same seed, and hardly depends on how long was played", async () => {
  const targets = { web: target("web") };
  const [one, other, longer] = await Promise.all([
    estimated(targets),
    estimated(targets),
    estimated(targets, 4 * HOUR),
  ]);
  expect(other).toEqual(one);
  expect(Math.abs(longer.usd / one.usd - 1)).toBeLessThan(0.1);
});

it("counts the polls of both queues, and compares with two alarms a target", async () => {
  const { lines, targetTracking } = await estimated({ web: target("web") });
  const sqs = lines.find(({ item }) => item === "sqsRequests");
  expect(sqs?.quantity).toBe(2 * 15 * 43_800); // five long polls of 20 s, at each of two queues
  expect(targetTracking).toEqual({ alarms: 2, usd: 0.2 });
});
