import type { Place } from "@headroom/decisions/config/place";
import { expect, it } from "vitest";
import { scripted, unregistered } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, type Script } from "../../../../test/contract/documented/server.ts";
import { adapter } from "./lambda-provisioned-concurrency.ts";

const HERE: Place = {};
const live = { kind: "lambda-provisioned-concurrency", function: "checkout", alias: "live" } as const;
const provisioned = (requested: number, status = "READY") =>
  json({
    RequestedProvisionedConcurrentExecutions: requested,
    ...{ AllocatedProvisionedConcurrentExecutions: requested, AvailableProvisionedConcurrentExecutions: requested },
    Status: status,
  });

async function concurrency(script: Script) {
  const wires = await scripted({
    ...unregistered,
    "lambda:GetProvisionedConcurrencyConfig": [provisioned(20)],
    "lambda:PutProvisionedConcurrencyConfig": [provisioned(20, "IN_PROGRESS")],
    "lambda:DeleteProvisionedConcurrencyConfig": [{ status: 204, type: "text/plain", body: "" }],
    "application-autoscaling:PutScheduledAction": [json({})],
    "application-autoscaling:RegisterScalableTarget": [json({})],
    ...script,
  });
  return { ...wires, ...adapter(wires) };
}

it("none is to have no configuration, since Lambda takes no 0", async () => {
  const { server, set } = await concurrency({});
  await set(live, 0, HERE);
  await set(live, 5, HERE);
  expect(server.actions()).toEqual([
    "lambda:DeleteProvisionedConcurrencyConfig",
    "lambda:PutProvisionedConcurrencyConfig",
  ]);
});

it("what is below a raised minimum is raised to it at once, and nothing else", async () => {
  const { asked, server, setMinimum } = await concurrency({});
  await setMinimum(live, 30, { to: 5, at: NOON + 3600 }, HERE);
  expect(asked("application-autoscaling:RegisterScalableTarget")).toMatchObject([
    {
      ResourceId: "function:checkout:live",
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
      MinCapacity: 30,
    },
  ]);
  expect(asked("lambda:PutProvisionedConcurrencyConfig")).toEqual([{ ProvisionedConcurrentExecutions: 30 }]);
  await setMinimum(live, 20, { to: 5, at: NOON + 3600 }, HERE);
  expect(server.actions().filter((action) => action.startsWith("lambda:Put"))).toHaveLength(1);
});
