import { describe, expect, it } from "vitest";
import { draining, metric, tracking } from "../../../../test/builders/decisions.ts";
import { fleet } from "./fleet.ts";
import { hasMinimum } from "./resources.ts";
import { targetSettings } from "./settings.ts";

const web = {
  resource: { kind: "ecs-service" as const, cluster: "shop", service: "web" },
  ...{ min: 1, max: 20 },
  policies: [tracking()],
};
const mapping = { kind: "event-source-concurrency", function: "work", mapping: "0b1c" };
const steps = { kind: "step", signals: [metric("cpu")], steps: [{ from: 80, change: { units: 1 } }] };
const schedule = { kind: "schedule", windows: [{ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", floor: 3 }] };

/** Where it is wrong, and what. */
function issues(changes: Record<string, unknown>): string[] | undefined {
  const found = targetSettings.safeParse({ ...web, ...changes }).error?.issues;
  return found?.map(({ path, message }) => `${path.join(".")} ${message}`);
}

describe("floor mode", () => {
  it("needs a resource with a minimum of its own", () => {
    expect(issues({ mode: "floor" })).toBeUndefined();
    expect(issues({ mode: "floor", min: 2, resource: mapping })).toEqual([
      'mode "floor" needs a resource with a minimum of its own, and event-source-concurrency has none',
    ]);
    expect(issues({ mode: "control", min: 2, resource: mapping })).toBeUndefined();
  });

  it.each([
    ["ecs-service", true],
    ["auto-scaling-group", true],
    ["lambda-provisioned-concurrency", true],
    ["event-source-concurrency", false],
    ["application-auto-scaling", true],
  ] as const)("%s has one: %s", (kind, has) => {
    expect(hasMinimum(kind)).toBe(has);
  });
});

describe("a minimum", () => {
  it("is not below what AWS lets a resource have", () => {
    const refused = ["min is below 2, which is the least that AWS lets event-source-concurrency have"];
    expect(issues({ min: 1, resource: mapping })).toEqual(refused);
    expect(issues({ min: 2, resource: mapping })).toBeUndefined();
  });
});

describe("another account", () => {
  const account = "444455556666";
  const noRole = [
    "account needs a role in that account to act with: add role, or leave account out if Headroom runs there",
  ];
  const otherRole = ["role is no role of the account 444455556666"];

  it.each([
    { role: undefined, is: noRole },
    { role: `arn:aws:iam::${account}:role/headroom`, is: undefined },
    { role: `arn:aws-cn:iam::${account}:role/path/headroom`, is: undefined },
    { role: "arn:aws:iam::111122223333:role/headroom", is: otherRole },
    { role: `arn:aws:iam::${account}:user/headroom`, is: otherRole },
    { role: `arn:aws:iam::${account}:role/`, is: otherRole },
  ])("is reached with a role of it: $role", ({ role, is }) => {
    expect(issues({ account, role })).toEqual(is);
  });
});

describe("a minimum of 0", () => {
  const blindAtZero = [expect.stringMatching(/^min of 0 needs a policy that sees the total load/)];

  it.each([
    { what: "a total", policies: [tracking()], is: undefined },
    { what: "a queue", policies: [draining()], is: undefined },
    { what: "a total among others", policies: [steps, tracking()], is: undefined },
    { what: "an average", policies: [tracking({ of: "average" })], is: blindAtZero },
    { what: "steps", policies: [steps], is: blindAtZero },
    { what: "a schedule", policies: [schedule], is: blindAtZero },
  ])("is left again only by what sees totals: $what", ({ policies, is }) => {
    expect(issues({ min: 0, policies })).toEqual(is);
  });
});

describe("an alarm that wakes", () => {
  const noAlarm = [expect.stringMatching(/^wake needs "target-tracking", or "step" .+: leave it out, or add such/)];
  const objective = { kind: "objective", slo: 0.99, measure: { by: "latency", latency: metric("p99"), above: 300 } };

  it.each([
    { what: "target tracking", policies: [tracking()], is: undefined },
    { what: "steps", policies: [steps], is: undefined },
    { what: "target tracking after others", policies: [draining(), schedule, tracking()], is: undefined },
    { what: "a queue", policies: [draining()], is: noAlarm },
    { what: "a schedule", policies: [schedule], is: noAlarm },
    { what: "an objective", policies: [objective], is: noAlarm },
    { what: "an objective beside target tracking", policies: [objective, tracking()], is: undefined },
    { what: "steps that lower", policies: [{ ...steps, steps: [{ to: 20, change: { units: -1 } }] }], is: noAlarm },
    { what: "a counter", policies: [tracking({ signals: [metric("load", { counter: true })] })], is: noAlarm },
  ])("needs a metric that can be too high: $what", ({ policies, is }) => {
    expect(issues({ wake: "alarm", policies })).toEqual(is);
    expect(issues({ policies })).toBeUndefined();
  });
});

describe("a fallback", () => {
  it("is not above the maximum", () => {
    expect(issues({ fallback: { after: "10m", capacity: 20 } })).toBeUndefined();
    expect(issues({ fallback: { after: "10m", capacity: 21 } })).toEqual([
      "fallback.capacity is above max, which is 20",
    ]);
  });
});

describe("what may be said of other's writes, of money and of guards", () => {
  it.each([
    { changes: { foreignWrites: { policy: "adopt" } }, good: true },
    { changes: { foreignWrites: { policy: "hold" } }, good: true },
    { changes: { foreignWrites: { policy: "restore", atMostPerHour: 2 } }, good: true },
    { changes: { foreignWrites: { policy: "restore", atMostPerHour: 3 } }, good: false },
    { changes: { foreignWrites: { policy: "ignore" } }, good: false },
    { changes: { spend: { unitHour: 0.05, budget: 100, per: "30d" } }, good: true },
    { changes: { spend: { unitHour: 0, budget: 100, per: "30d" } }, good: false },
    { changes: { spend: { unitHour: 0.05, budget: 100, per: "30d", breaker: 0.5 } }, good: false },
    { changes: { guards: { downstream: { database: "orders" } } }, good: true },
    { changes: { guards: { downstream: {} } }, good: false },
    { changes: { guards: { retryStorm: { errors: metric("errors"), above: 10 } } }, good: true },
    { changes: { guards: { retryStorm: { errors: metric("errors"), above: 10, collapse: 2 } } }, good: false },
    { changes: { account: "123456789012", role: "arn:aws:iam::123456789012:role/headroom" }, good: true },
    { changes: { account: "1234" }, good: false },
    { changes: { role: "headroom" }, good: false },
  ])("$changes: $good", ({ changes, good }) => {
    expect(issues(changes) === undefined).toBe(good);
  });

  it("adopts by default, and guards nothing that is not asked for", () => {
    expect(targetSettings.parse(web)).toMatchObject({
      mode: "observe",
      foreignWrites: { policy: "adopt" },
      guards: {},
    });
  });
});

it("a fleet has a brake unless it is loosened", () => {
  const parsed = fleet.parse({ name: "shop", targets: { web } });
  expect(parsed.brake).toEqual({ units: 0.1, targets: 0.2, fewest: 3 });
  expect(fleet.safeParse({ name: "shop", targets: { web }, brake: { units: 0 } }).success).toBe(false);
});
