import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Place } from "@headroom/decisions/config/place";
import { Denied, Invalid, NotFound } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { result, scripted, unregistered } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, jsonError, type Script, xmlError } from "../../../../test/contract/documented/server.ts";
import { adapter } from "./ecs-service.ts";

const DESCRIBE = "ecs:DescribeServices";
const HERE: Place = {};
const web = { kind: "ecs-service", cluster: "shop", service: "web" } as const;
const described = z.object({ cluster: z.string(), services: z.array(z.string()) });
const settled = { status: "PRIMARY", rolloutState: "COMPLETED" };

function service(serviceName: string, changes: object = {}) {
  const counts = { desiredCount: 4, runningCount: 4, pendingCount: 0 };
  return { serviceName, status: "ACTIVE", ...counts, deployments: [settled], ...changes };
}

/** Answers with every service that is asked for. */
const all = (request: string) => {
  const { services } = described.parse(JSON.parse(request));
  return json({ services: services.map((name) => service(name)) });
};

async function services(script: Script) {
  const wires = await scripted({ [DESCRIBE]: [all], ...unregistered, ...script });
  const own = adapter(wires);
  const read = async (resource = web as Parameters<typeof own.set>[0]) =>
    (await own.read([{ id: "web", resource }], HERE)).get("web");
  return { ...wires, ...own, readWeb: read };
}

const health = (...states: string[]) =>
  result("DescribeTargetHealth", {
    TargetHealthDescriptions: states.map((State, index) => ({
      ...{ Target: { Id: `10.0.0.${index}`, Port: 80 }, TargetHealth: { State } },
    })),
  });

describe("reading ECS services", () => {
  it("takes ten of a cluster a call, and their bounds fifty a call", async () => {
    const { asked, read } = await services({});
    const targets = Array.from({ length: 60 }, (_, index) => {
      const resource = { ...web, cluster: index < 48 ? "shop" : "back", service: `s${index}` };
      return { id: `t${index}`, resource };
    });
    const answers = await read(targets, HERE);
    expect(new Set([...answers.values()].map(({ is }) => is))).toEqual(new Set(["capacity"]));
    expect(answers.size).toBe(60);
    const sizes = asked(DESCRIBE).map((body) => described.parse(body).services.length);
    expect(sizes.sort((a, b) => b - a)).toEqual([10, 10, 10, 10, 10, 8, 2]);
    const bounds = asked("application-autoscaling:DescribeScalableTargets");
    expect(bounds.map(({ ResourceIds }) => z.array(z.string()).parse(ResourceIds).length)).toEqual([50, 10]);
  });

  it("one that does not exist fails alone", async () => {
    const { read } = await services({ [DESCRIBE]: [json({ services: [service("web")], failures: [] })] });
    const gone = { ...web, service: "gone" };
    const answers = await read(
      [
        { id: "web", resource: web },
        { id: "gone", resource: gone },
      ],
      HERE,
    );
    expect(answers.get("web")).toMatchObject({ is: "capacity", at: NOON, desired: 4, ready: 4, deploying: false });
    expect(answers.get("gone")).toEqual({ is: "failed", why: "NotFound: ECS service shop/gone does not exist" });
  });

  it("has the bounds of Application Auto Scaling, and goes without when it does not answer", async () => {
    const target = {
      ...{ ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount", ResourceId: "service/shop/web" },
      ...{ MinCapacity: 2, MaxCapacity: 9, RoleARN: "arn:aws:iam::1:role/x", CreationTime: NOON },
    };
    const known = json({ ScalableTargets: [target] });
    const throttled = jsonError("ThrottlingException", "Rate exceeded");
    const { readWeb } = await services({ "application-autoscaling:DescribeScalableTargets": [known, throttled] });
    expect(await readWeb()).toMatchObject({ minimum: 2, maximum: 9 });
    const without = await readWeb();
    expect(without).toMatchObject({ is: "capacity", desired: 4 });
    expect(without).not.toHaveProperty("minimum");
  });

  it.each([
    ["one target group", [{ targetGroupArn: "blue" }], [health("healthy", "initial", "healthy", "draining")], 2],
    ["more healthy targets than tasks", [{ targetGroupArn: "blue" }], [health(...Array(9).fill("healthy"))], 4],
    [
      "blue and green",
      [{ targetGroupArn: "blue", advancedConfiguration: { alternateTargetGroupArn: "green" } }],
      [health("unused"), health("healthy", "healthy", "healthy")],
      3,
    ],
    [
      "two listeners, of which the poorer counts",
      [{ targetGroupArn: "web" }, { targetGroupArn: "admin" }],
      [health("healthy", "healthy", "healthy"), health("healthy")],
      1,
    ],
  ])("is ready where load balancers find it healthy: %s", async (_, loadBalancers, answers, ready) => {
    const { readWeb } = await services({
      [DESCRIBE]: [json({ services: [service("web", { loadBalancers })] })],
      "elasticloadbalancing:DescribeTargetHealth": answers,
    });
    expect(await readWeb()).toMatchObject({ running: 4, ready });
  });

  it.each([
    ["is none once it is settled", [settled], false],
    ["is a rollout in progress", [{ status: "PRIMARY", rolloutState: "IN_PROGRESS" }], true],
    ["is old tasks beside new ones, whatever they say of a rollout", [settled, { status: "ACTIVE" }], true],
  ])("a deployment %s", async (_, deployments, deploying) => {
    const { readWeb } = await services({ [DESCRIBE]: [json({ services: [service("web", { deployments })] })] });
    expect(await readWeb()).toMatchObject({ deploying });
  });

  it("is no answer while health cannot be read: unknown is not ready", async () => {
    const loadBalancers = [{ targetGroupArn: "blue" }];
    const { readWeb } = await services({
      [DESCRIBE]: [json({ services: [service("web", { loadBalancers })] })],
      "elasticloadbalancing:DescribeTargetHealth": [xmlError("AccessDenied", "not yours", 403)],
    });
    expect(await readWeb()).toMatchObject({ is: "failed", why: expect.stringMatching(/^Denied: .*not yours/) });
  });

  it("takes what runs for what serves while load balancers take no more calls, which proposes no less", async () => {
    const loadBalancers = [{ targetGroupArn: "blue" }];
    const { readWeb } = await services({
      [DESCRIBE]: [json({ services: [service("web", { loadBalancers, desiredCount: 6 })] })],
      "elasticloadbalancing:DescribeTargetHealth": [xmlError("Throttling", "Rate exceeded")],
    });
    expect(await readWeb()).toMatchObject({ is: "capacity", desired: 6, running: 4, ready: 4 });
  });

  it("asks a few at a time for their health, however many there are", async () => {
    let asking = 0;
    let most = 0;
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
    const loadBalancers = [{ targetGroupArn: "blue" }];
    const wires = await scripted({
      ...unregistered,
      [DESCRIBE]: [
        (request) => {
          const asked = described.parse(JSON.parse(request)).services;
          return json({ services: asked.map((name) => service(name, { loadBalancers })) });
        },
      ],
      "elasticloadbalancing:DescribeTargetHealth": [health("healthy")],
    });
    const connect: typeof wires.connect = (name, make) =>
      wires.connect(name, (configuration) => {
        const client = make(configuration);
        if (client instanceof ElasticLoadBalancingV2Client) {
          client.middlewareStack.add((next) => async (call) => {
            asking += 1;
            most = Math.max(most, asking);
            return next(call).finally(() => {
              asking -= 1;
            });
          });
        }
        return client;
      });
    const read = await adapter({ ...wires, connect }).read(
      names.map((name) => ({ id: name, resource: { ...web, service: name } })),
      HERE,
    );
    expect([...read.values()].filter(({ is }) => is === "capacity")).toHaveLength(60);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(10);
  });

  it("counts protected tasks where it is told to, over every page of them", async () => {
    const arns = Array.from({ length: 130 }, (_, index) => `arn:aws:ecs:eu-west-1:1:task/shop/${index}`);
    const { asked, readWeb } = await services({
      "ecs:ListTasks": [json({ taskArns: arns.slice(0, 100), nextToken: "more" }), json({ taskArns: arns.slice(100) })],
      "ecs:GetTaskProtection": [
        json({ protectedTasks: [{ protectionEnabled: true }, { protectionEnabled: false }] }),
        json({ protectedTasks: [{ protectionEnabled: true }] }),
      ],
    });
    expect(await readWeb()).not.toHaveProperty("protected");
    expect(await readWeb({ ...web, taskProtection: true })).toMatchObject({ protected: 2 });
    const sizes = asked("ecs:GetTaskProtection").map(({ tasks }) => z.array(z.string()).parse(tasks).length);
    expect(sizes).toEqual([100, 30]);
  });
});

describe("changing ECS services", () => {
  it("sets the desired count, and nothing else of the service", async () => {
    const { asked, set } = await services({ "ecs:UpdateService": [json({})] });
    await set(web, 7, HERE);
    expect(asked("ecs:UpdateService")).toEqual([{ cluster: "shop", service: "web", desiredCount: 7 }]);
  });

  it.each([
    ["ClusterNotFoundException", NotFound],
    ["AccessDeniedException", Denied],
  ])("%s says what to do", async (name, Meaning) => {
    const { set } = await services({ "ecs:UpdateService": [jsonError(name, "no")] });
    await expect(set(web, 7, HERE)).rejects.toThrow(Meaning);
  });

  const floor = {
    "application-autoscaling:PutScheduledAction": [json({})],
    "application-autoscaling:RegisterScalableTarget": [json({})],
    "ecs:UpdateService": [json({})],
  };
  const fallback = { to: 2, at: NOON + 3600.4 };

  it("schedules the fallback before it raises the minimum, and then what is below it", async () => {
    const { asked, server, setMinimum } = await services(floor);
    await setMinimum(web, 6, fallback, HERE);
    const changes = server.actions().filter((action) => !action.includes("Describe"));
    expect(changes).toEqual([
      "application-autoscaling:PutScheduledAction",
      "application-autoscaling:RegisterScalableTarget",
      "ecs:UpdateService",
    ]);
    expect(asked("application-autoscaling:PutScheduledAction")).toMatchObject([
      {
        ResourceId: "service/shop/web",
        ScheduledActionName: "headroom-floor",
        Schedule: "at(2026-01-01T13:00:01)",
        ScalableTargetAction: { MinCapacity: 2 },
      },
    ]);
    const [registered] = asked("application-autoscaling:RegisterScalableTarget");
    expect(registered).toMatchObject({ MinCapacity: 6 });
    expect(registered).not.toHaveProperty("MaxCapacity");
    expect(asked("ecs:UpdateService")).toMatchObject([{ desiredCount: 6 }]);
  });

  it("leaves a service alone that has as many already", async () => {
    const { server, setMinimum } = await services(floor);
    await setMinimum(web, 4, fallback, HERE);
    expect(server.actions()).not.toContain("ecs:UpdateService");
  });

  it("raises nothing that would never fall back", async () => {
    const about = {
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      MinCapacity: 2,
      MaxCapacity: 9,
    };
    const SuspendedState = { ScheduledScalingSuspended: true };
    const target = { ...about, ResourceId: "service/shop/web", SuspendedState };
    const { server, setMinimum } = await services({
      ...floor,
      "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [target] })],
    });
    await expect(setMinimum(web, 6, fallback, HERE)).rejects.toThrow(Invalid);
    expect(server.actions().filter((action) => !action.includes("Describe"))).toEqual([]);
  });

  it("raises nothing whose fallback could not be scheduled", async () => {
    const failing = jsonError("ObjectNotFoundException", "No scalable target registered");
    const { server, setMinimum } = await services({
      ...floor,
      "application-autoscaling:PutScheduledAction": [failing],
    });
    await expect(setMinimum(web, 6, fallback, HERE)).rejects.toThrow(NotFound);
    expect(server.actions()).not.toContain("application-autoscaling:RegisterScalableTarget");
  });
});
