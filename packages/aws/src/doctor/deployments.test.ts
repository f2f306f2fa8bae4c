import { expect, it } from "vitest";
import { scripted } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { fleetOf, lookAt, service } from "../../../../test/builders/look.ts";
import { json, jsonError } from "../../../../test/contract/documented/server.ts";
import type { Status } from "./check.ts";
import { deployments } from "./deployments.ts";

const ACTION = "ecs:DescribeServices";

/** As ECS describes one of its service's deployments, which began so many seconds before noon. */
function deployment(age: number, rolloutState: string, more: object = {}) {
  return { status: "PRIMARY", createdAt: NOON - age, rolloutState, ...more };
}

async function findings(answer: ReturnType<typeof json>) {
  const { connect, asked } = await scripted({ [ACTION]: [answer] });
  const found = await deployments.run(lookAt(fleetOf({ web: service() }), {}, { connect }));
  return { found, asked: asked(ACTION) };
}

const serving = (...all: object[]) => json({ services: [{ serviceName: "web", status: "ACTIVE", deployments: all }] });

it.each<[what: string, deployments: object[], status: Status, says: string]>([
  ["one that has ended", [deployment(9999, "COMPLETED")], "ok", "No deployment is stuck."],
  ["one that runs", [deployment(3599, "IN_PROGRESS"), deployment(99999, "COMPLETED")], "ok", "No deployment is stuck."],
  ["one that runs for an hour", [deployment(3600, "IN_PROGRESS", { failedTasks: 7 })], "problem", "1 h, with 7 failed"],
  ["one that failed", [deployment(5, "FAILED", { rolloutStateReason: "no image" })], "problem", "ECS says: no image"],
])("%s", async (_, all, status, says) => {
  const { found, asked } = await findings(serving(...all));
  expect(found).toMatchObject([{ target: "web", status, says: expect.stringContaining(says) }]);
  expect(asked).toEqual([{ cluster: "shop", services: ["web"] }]);
});

it("says nothing of a service that does not exist, and does not know what it may not read", async () => {
  expect((await findings(json({ services: [] }))).found).toEqual([]);
  expect((await findings(jsonError("ClusterNotFoundException", "no cluster"))).found).toEqual([]);
  const denied = await findings(jsonError("AccessDeniedException", "no"));
  expect(denied.found).toMatchObject([{ target: "web", status: "notChecked" }]);
});
