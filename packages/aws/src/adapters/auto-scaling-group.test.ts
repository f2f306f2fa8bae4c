import type { Place } from "@headroom/decisions/config/place";
import { Conflict, Invalid } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { result, scripted } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { type Script, xmlError } from "../../../../test/contract/documented/server.ts";
import { adapter } from "./auto-scaling-group.ts";

const DESCRIBE = "autoscaling:DescribeAutoScalingGroups";
const SCHEDULE = "autoscaling:PutScheduledUpdateGroupAction";
const HERE: Place = {};
const search = { kind: "auto-scaling-group", group: "search" } as const;

function instance(LifecycleState: string, changes: object = {}) {
  const rest = { InstanceId: "i-1", AvailabilityZone: "a", ProtectedFromScaleIn: false };
  return { ...rest, LifecycleState, HealthStatus: "Healthy", ...changes };
}

function group(AutoScalingGroupName: string, Instances: object[] = [], changes: object = {}) {
  const sizes = { MinSize: 2, MaxSize: 9, DesiredCapacity: 4, DefaultCooldown: 300 };
  return { AutoScalingGroupName, ...sizes, HealthCheckType: "EC2", Instances, ...changes };
}

const groupsAnswer = (groups: object[], NextToken?: string) =>
  result("DescribeAutoScalingGroups", { AutoScalingGroups: groups, ...(NextToken === undefined ? {} : { NextToken }) });
const noRefresh = result("DescribeInstanceRefreshes", { InstanceRefreshes: [] });

async function groups(script: Script) {
  const wires = await scripted({
    [DESCRIBE]: [groupsAnswer([group("search")])],
    "autoscaling:DescribeInstanceRefreshes": [noRefresh],
    [SCHEDULE]: [result("PutScheduledUpdateGroupAction", {})],
    "autoscaling:UpdateAutoScalingGroup": [result("UpdateAutoScalingGroup", {})],
    "autoscaling:SetDesiredCapacity": [result("SetDesiredCapacity", {})],
    "autoscaling:DescribePolicies": [result("DescribePolicies", { ScalingPolicies: [] })],
    "autoscaling:DescribeScheduledActions": [result("DescribeScheduledActions", { ScheduledUpdateGroupActions: [] })],
    ...script,
  });
  const own = adapter(wires);
  const read = async () => (await own.read([{ id: "search", resource: search }], HERE)).get("search");
  return { ...wires, ...own, readSearch: read };
}

describe("reading Auto Scaling groups", () => {
  it("takes fifty names a call, and every page of them", async () => {
    const names = Array.from({ length: 51 }, (_, index) => `g${index}`);
    const { posted, read } = await groups({
      [DESCRIBE]: [
        groupsAnswer(
          names.slice(0, 30).map((name) => group(name)),
          "more",
        ),
        groupsAnswer(names.slice(30, 50).map((name) => group(name))),
        groupsAnswer([group("g50")]),
      ],
    });
    const answers = await read(
      names.map((name) => ({ id: name, resource: { ...search, group: name } })),
      HERE,
    );
    expect([...answers.values()].filter(({ is }) => is === "capacity")).toHaveLength(51);
    const calls = posted(DESCRIBE).map((body) => Object.keys(body).filter((key) => key.includes("Names")).length);
    expect(calls).toEqual([50, 50, 1]);
  });

  it("counts what serves, what starts, and what is protected, in the group's own units", async () => {
    const instances = [
      instance("InService", { WeightedCapacity: "4" }),
      instance("InService", { WeightedCapacity: "2", ProtectedFromScaleIn: true }),
      instance("InService", { WeightedCapacity: "2", HealthStatus: "Unhealthy" }),
      instance("Pending:Wait", { WeightedCapacity: "2" }),
      ...["Standby", "Terminating:Wait", "Warmed:Stopped", "Warmed:Running", "Detaching"].map((state) =>
        instance(state, { WeightedCapacity: "8" }),
      ),
    ];
    const { readSearch } = await groups({ [DESCRIBE]: [groupsAnswer([group("search", instances)])] });
    expect(await readSearch()).toEqual({
      ...{ is: "capacity", at: NOON, desired: 4, running: 10, ready: 6, minimum: 2, maximum: 9 },
      ...{ protected: 2, deploying: false },
    });
  });

  it("cannot tell a deployment when the refreshes cannot be read, which is not to say that there is none", async () => {
    const throttled = xmlError("Throttling", "Rate exceeded");
    const { readSearch } = await groups({ "autoscaling:DescribeInstanceRefreshes": [throttled] });
    const answer = await readSearch();
    expect(answer).toMatchObject({ is: "capacity", desired: 4 });
    expect(answer).not.toHaveProperty("deploying");
  });

  it("fails for a group that does not exist", async () => {
    const { readSearch } = await groups({ [DESCRIBE]: [groupsAnswer([])] });
    expect(await readSearch()).toEqual({
      ...{ is: "failed", why: "NotFound: Auto Scaling group search does not exist" },
    });
  });
});

describe("changing Auto Scaling groups", () => {
  it("sets the desired capacity at once, whatever native cool-downs say", async () => {
    const { posted, set } = await groups({});
    await set(search, 5, HERE);
    expect(posted("autoscaling:SetDesiredCapacity")).toMatchObject([
      { AutoScalingGroupName: "search", DesiredCapacity: "5", HonorCooldown: "false" },
    ]);
  });

  it("schedules the fallback before it raises the minimum", async () => {
    const { posted, server, setMinimum } = await groups({});
    await setMinimum(search, 6, { to: 2, at: NOON + 3600 }, HERE);
    expect(server.actions()).toEqual([DESCRIBE, SCHEDULE, "autoscaling:UpdateAutoScalingGroup"]);
    expect(posted(SCHEDULE)).toMatchObject([
      { ScheduledActionName: "headroom-floor", StartTime: "2026-01-01T13:00:00Z", MinSize: "2" },
    ]);
    const [update] = posted("autoscaling:UpdateAutoScalingGroup");
    expect(update).toMatchObject({ AutoScalingGroupName: "search", MinSize: "6" });
    expect(update).not.toHaveProperty("DesiredCapacity");
  });

  it("raises no minimum that would never fall back", async () => {
    const SuspendedProcesses = [{ ProcessName: "ScheduledActions" }];
    const { server, setMinimum } = await groups({
      [DESCRIBE]: [groupsAnswer([group("search", [], { SuspendedProcesses })])],
    });
    await expect(setMinimum(search, 6, { to: 2, at: NOON + 3600 }, HERE)).rejects.toThrow(/suspended: resume them/);
    expect(server.actions()).toEqual([DESCRIBE]);
  });

  it("moves the fallback by a minute where another action is scheduled, and gives up after three", async () => {
    const taken = xmlError("AlreadyExists", "an action is already scheduled at this time");
    const { posted, server, setMinimum } = await groups({ [SCHEDULE]: [taken, result("Put", {}), taken] });
    const fallback = { to: 2, at: NOON };
    await setMinimum(search, 6, fallback, HERE);
    expect(posted(SCHEDULE).map(({ StartTime }) => StartTime)).toEqual([
      "2026-01-01T12:00:00Z",
      "2026-01-01T12:01:00Z",
    ]);
    await expect(setMinimum(search, 7, fallback, HERE)).rejects.toThrow(Conflict);
    expect(server.actions().filter((action) => action.endsWith("UpdateAutoScalingGroup"))).toHaveLength(1);
    expect(posted(SCHEDULE)).toHaveLength(5);
  });

  it("is invalid outside of the group's bounds", async () => {
    const refused = xmlError("ValidationError", "New SetDesiredCapacity value 10 is above max value 9");
    const { set } = await groups({ "autoscaling:SetDesiredCapacity": [refused] });
    await expect(set(search, 10, HERE)).rejects.toThrow(Invalid);
  });
});

describe("rivals of Auto Scaling groups", () => {
  const policy = (AutoScalingGroupName: string, changes: object = {}) => ({
    ...{ AutoScalingGroupName, PolicyName: `cpu of ${AutoScalingGroupName}`, PolicyType: "TargetTrackingScaling" },
    ...{ TargetTrackingConfiguration: { TargetValue: 50, DisableScaleIn: false }, Enabled: true, ...changes },
  });
  const action = (ScheduledActionName: string, changes: object) => ({
    ...{ AutoScalingGroupName: "search", ScheduledActionName, ...changes },
  });
  const script = (policies: object[], actions: object[], SuspendedProcesses: object[] = []) => ({
    [DESCRIBE]: [groupsAnswer([group("search", [], { SuspendedProcesses })])],
    "autoscaling:DescribePolicies": [result("DescribePolicies", { ScalingPolicies: policies })],
    "autoscaling:DescribeScheduledActions": [
      result("DescribeScheduledActions", { ScheduledUpdateGroupActions: actions }),
    ],
  });
  const tracking = 'target tracking policy "cpu of search" (disable its scale-in)';
  const night = 'scheduled action "night" (delete it)';
  const asked = [{ id: "it", resource: search, max: 9 }];

  it.each([
    [[], [tracking, night]],
    [[{ ProcessName: "AlarmNotification" }], [night]],
    [[{ ProcessName: "ScheduledActions" }], [tracking]],
  ])("with %j suspended", async (suspended, found) => {
    const actions = [action("night", { DesiredCapacity: 1 }), action("headroom-floor", { MinSize: 2 })];
    const { rivals } = await groups(script([policy("search")], actions, suspended));
    expect(await rivals(asked, HERE)).toEqual(new Map([["it", found]]));
  });

  it.each([
    ["a backstop", policy("search", { TargetTrackingConfiguration: { TargetValue: 60, DisableScaleIn: true } })],
    ["what is disabled", policy("search", { Enabled: false })],
    ["predictive scaling", policy("search", { PolicyType: "PredictiveScaling" })],
    [
      "steps up",
      policy("search", { PolicyType: "SimpleScaling", AdjustmentType: "ChangeInCapacity", ScalingAdjustment: 1 }),
    ],
    ["what scales another group", policy("web")],
  ])("are not %s", async (_, given) => {
    const { rivals } = await groups(script([given], [action("morning", { MinSize: 4 })]));
    expect(await rivals(asked, HERE)).toEqual(new Map([["it", []]]));
  });

  it.each([
    [8, [night]],
    [9, []],
    [20, []],
  ])("are schedules of a maximum below what Headroom sets: %i", async (MaxSize, found) => {
    const { rivals } = await groups(script([], [action("night", { MaxSize })]));
    expect(await rivals(asked, HERE)).toEqual(new Map([["it", found]]));
  });

  it("are steps down", async () => {
    const steps = { PolicyType: "SimpleScaling", AdjustmentType: "ChangeInCapacity", ScalingAdjustment: -1 };
    const { rivals } = await groups(script([policy("search", steps)], []));
    expect(await rivals(asked, HERE)).toEqual(new Map([["it", ['scaling policy "cpu of search" (disable it)']]]));
  });

  it("of many groups are listed together, each with its own", async () => {
    const names = Array.from({ length: 11 }, (_, index) => `g${index}`);
    const { posted, rivals } = await groups(
      script(
        names.slice(0, 10).map((name) => policy(name)),
        [],
      ),
    );
    const found = await rivals(
      names.map((name) => ({ id: name, resource: { ...search, group: name }, max: 9 })),
      HERE,
    );
    expect(found.get("g3")).toEqual(['target tracking policy "cpu of g3" (disable its scale-in)']);
    expect(found.get("g10")).toEqual([]);
    expect(posted("autoscaling:DescribePolicies")).toHaveLength(1);
  });
});
