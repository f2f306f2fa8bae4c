import { describe, expect, it } from "vitest";
import * as z from "zod";
import { Invalid } from "../errors.ts";
import { policySettings } from "../policies/registry.ts";
import { defineConfig, parseConfig } from "./define.ts";
import { type FleetInput, fleet } from "./fleet.ts";

type Target = FleetInput["targets"][string];
type Tracking = Extract<Target["policies"][number], { kind: "target-tracking" }>;

const signal: Tracking["signals"][number] = {
  source: "cloudwatch",
  namespace: "AWS/ECS",
  metric: "CPUUtilization",
  statistic: "Average",
};
const tracking: Tracking = { kind: "target-tracking", signals: [signal], of: "average", target: 60 };
const resource: Target["resource"] = { kind: "ecs-service", cluster: "main", service: "web" };
const web: Target = { resource, min: 2, max: 10, policies: [tracking] };
const traffic = { mean: 10 };

/** A fleet whose only target differs in a few keys; undefined leaves one out. */
function fleetWith(changes: Record<string, unknown>) {
  const target: Record<string, unknown> = { ...web, ...changes };
  for (const [key, value] of Object.entries(target)) if (value === undefined) delete target[key];
  return { name: "shop", targets: { web: target } };
}
const withPolicy = (changes: Record<string, unknown>) => fleetWith({ policies: [{ ...tracking, ...changes }] });
const withSignal = (changes: Record<string, unknown>) => withPolicy({ signals: [{ ...signal, ...changes }] });

function refused(input: unknown): Invalid {
  try {
    parseConfig(input, "headroom.config.ts");
  } catch (error) {
    if (error instanceof Invalid) return error;
    throw error;
  }
  throw new Error("was accepted");
}

/** The mistakes that parsing an input finds, without the heading. */
function mistakes(input: unknown): string[] {
  const [, ...lines] = refused(input).message.split("\n");
  return lines.map((line) => line.trim());
}

const duration = 'is not a duration: write a number and one of the units s, m, h, d, such as "90s" or "5m"';
const kinds =
  '"ecs-service", "auto-scaling-group", "lambda-provisioned-concurrency", "event-source-concurrency", "application-auto-scaling"';
const policyKinds = policySettings.options.map(({ shape }) => JSON.stringify(shape.kind.value)).join(", ");
const targetKeys =
  "resource, mode, min, max, warmUp, policies, stabilisation, rate, coolDown, fallback, foreignWrites, spend, guards, wake, account, region, role, simulation";
const allow = (entry: unknown) => fleetWith({ rate: { out: { allow: [entry] } } });

const one = fleetWith({}).targets;

const table: [name: string, input: unknown, mistakes: string[]][] = [
  ["nothing", undefined, ["the value is missing: write an object with name, targets"]],
  ["null", null, ["the value (null) is not an object: write { name, targets, brake, notify }"]],
  ["a list", [], ["the value ([]) is not an object: write { name, targets, brake, notify }"]],
  ["text", "name: shop", ['the value ("name: shop") is not an object: write { name, targets, brake, notify }']],
  ["no targets", { name: "shop", targets: {} }, ["targets ({}) is empty: describe at least one target"]],
  [
    "a resource of two targets, its keys in another order",
    {
      name: "shop",
      targets: { web, api: { ...web, resource: { service: "web", cluster: "main", kind: "ecs-service" } } },
    },
    [
      'targets.api.resource ({ service: "web", cluster: "main", kind: "ecs-service" }) is the resource of web too: a resource can be one target\'s only',
    ],
  ],
  ["an empty object", {}, ["name is missing: write text", "targets is missing: write an object"]],
  ["an empty name", { name: "", targets: one }, ['name ("") must not be empty']],
  ["a number for text", { name: 7, targets: one }, ['name (7) is not text: write "7"']],
  ["a misspelt key", { nmae: "shop", targets: one }, ['nmae ("shop") is not a known key: did you mean "name"?']],
  [
    "an id with a capital",
    { name: "shop", targets: { Web: web } },
    ["targets.Web is not an id: use a-z, 0-9 and -, beginning with a letter"],
  ],
  [
    "an id with a dot",
    { name: "shop", targets: { "web.eu": web } },
    ['targets["web.eu"] is not an id: use a-z, 0-9 and -, beginning with a letter'],
  ],
  [
    "an unknown key like none",
    fleetWith({ banana: true }),
    [`targets.web.banana (true) is not a known key: the keys here are ${targetKeys}`],
  ],
  [
    "a misspelt required key",
    fleetWith({ max: undefined, maxx: 3 }),
    ['targets.web.maxx (3) is not a known key: did you mean "max"?'],
  ],
  [
    "the same key twice, once misspelt",
    fleetWith({ mni: 1 }),
    ["targets.web.mni (1) is not a known key, and min is given: remove one"],
  ],
  ["a missing number", fleetWith({ max: undefined }), ["targets.web.max is missing: write a whole number"]],
  [
    "a number in quotes",
    fleetWith({ max: "10" }),
    ['targets.web.max ("10") is not a whole number: write 10 without quotes'],
  ],
  ["a word for a number", fleetWith({ max: "ten" }), ['targets.web.max ("ten") is not a whole number']],
  ["NaN", fleetWith({ max: Number.NaN }), ["targets.web.max (NaN) is not a whole number"]],
  ["part of a unit", fleetWith({ min: 1.5 }), ["targets.web.min (1.5) is not a whole number: write 1 or 2"]],
  ["fewer than none", fleetWith({ min: -1 }), ["targets.web.min (-1) must be 0 or more"]],
  ["a minimum above the maximum", fleetWith({ min: 20 }), ["targets.web.min (20) is above max, which is 10"]],
  [
    "a mode with a slip",
    fleetWith({ mode: "obsreve" }),
    ['targets.web.mode ("obsreve") is not one of "observe", "floor", "control": did you mean "observe"?'],
  ],
  [
    "a mode that does not exist",
    fleetWith({ mode: "turbo" }),
    ['targets.web.mode ("turbo") is not one of "observe", "floor", "control"'],
  ],
  [
    "an alarm where nothing can be watched",
    fleetWith({
      wake: "alarm",
      policies: [{ kind: "queue", queue: "jobs", drainWithin: "10m", secondsPerMessage: 1 }],
    }),
    [
      'targets.web.wake ("alarm") needs "target-tracking", or "step" with a step that raises and has a "from", on a metric that is no counter and has periods of 10 s or more: leave it out, or add such a policy',
    ],
  ],
  ["no resource", fleetWith({ resource: undefined }), ["targets.web.resource is missing: write an object with kind"]],
  [
    "a kind of resource in short",
    fleetWith({ resource: { ...resource, kind: "ecs" } }),
    [`targets.web.resource.kind ("ecs") is not one of ${kinds}: did you mean "ecs-service"?`],
  ],
  [
    "a resource without kind",
    fleetWith({ resource: { cluster: "main" } }),
    [`targets.web.resource.kind is missing: write one of ${kinds}`],
  ],
  [
    "a misspelt kind",
    fleetWith({ resource: { knid: "ecs-service", cluster: "main", service: "web" } }),
    ['targets.web.resource.knid ("ecs-service") is not a known key: did you mean "kind"?'],
  ],
  [
    "keys of another kind",
    fleetWith({ resource: { kind: "auto-scaling-group", cluster: "main" } }),
    [
      "targets.web.resource.group is missing: write text",
      'targets.web.resource.cluster ("main") is not a known key: the keys here are kind, group',
    ],
  ],
  ["a duration without unit", fleetWith({ warmUp: 90 }), [`targets.web.warmUp (90) ${duration} (did you mean "90s"?)`]],
  ["a duration with a unit in words", fleetWith({ warmUp: "5 min" }), [`targets.web.warmUp ("5 min") ${duration}`]],
  [
    "windows that nobody could remember",
    fleetWith({ stabilisation: { in: "24h", out: "61m" }, warmUp: "2h" }),
    [
      'targets.web.warmUp ("2h") is longer than 1h, and looks at a target are remembered for no longer',
      'targets.web.stabilisation.in ("24h") is longer than 1h, and looks at a target are remembered for no longer',
      'targets.web.stabilisation.out ("61m") is longer than 1h, and looks at a target are remembered for no longer',
    ],
  ],
  [
    "rates and rests that nobody could remember",
    fleetWith({ rate: { in: { allow: [{ units: 1, per: "1d" }] } }, coolDown: { in: "7h", out: "361m" } }),
    [
      'targets.web.rate.in.allow[0].per ("1d") is longer than 6h, and changes of a target are remembered for no longer',
      'targets.web.coolDown.in ("7h") is longer than 6h, and changes of a target are remembered for no longer',
      'targets.web.coolDown.out ("361m") is longer than 6h, and changes of a target are remembered for no longer',
    ],
  ],
  [
    "others' changes left alone for days",
    fleetWith({ foreignWrites: { policy: "hold", duration: "2d" } }),
    [
      'targets.web.foreignWrites.duration ("2d") is longer than 24h, and whoever wants to leave a target alone for longer pauses it',
    ],
  ],
  [
    "metrics that come too seldom",
    withSignal({ period: "1d", maxAge: "2h" }),
    [
      'targets.web.policies[0].signals[0].period ("1d") is longer than 1h, and looks at a target are remembered for no longer',
      'targets.web.policies[0].signals[0].maxAge ("2h") is longer than 1h, and looks at a target are remembered for no longer',
    ],
  ],
  [
    "a duration for two of them",
    fleetWith({ coolDown: "5m" }),
    ['targets.web.coolDown ("5m") is not an object: write { in, out }'],
  ],
  ["no policies", fleetWith({ policies: [] }), ["targets.web.policies ([]) must not be empty"]],
  [
    "a policy that is not in a list",
    fleetWith({ policies: { kind: "queue" } }),
    ['targets.web.policies ({ kind: "queue" }) is not a list: write it within [ ]'],
  ],
  [
    "a kind of policy in another spelling",
    withPolicy({ kind: "targetTracking" }),
    [`targets.web.policies[0].kind ("targetTracking") is not one of ${policyKinds}: did you mean "target-tracking"?`],
  ],
  [
    "a share above one",
    withPolicy({ tolerance: { in: 5 } }),
    ["targets.web.policies[0].tolerance.in (5) must be 1 or less"],
  ],
  [
    "one tolerance for both directions",
    withPolicy({ tolerance: 0.1 }),
    ["targets.web.policies[0].tolerance (0.1) is not an object: write { in, out }"],
  ],
  [
    "a misspelt key with much behind it",
    withPolicy({ tollerance: { in: { deep: [1, { deeper: true }] } } }),
    ['targets.web.policies[0].tollerance ({ in: { deep: […] } }) is not a known key: did you mean "tolerance"?'],
  ],
  [
    "an unknown source",
    withSignal({ source: "cloud" }),
    [
      'targets.web.policies[0].signals[0].source ("cloud") is not one of "cloudwatch", "math": did you mean "cloudwatch"?',
    ],
  ],
  [
    "a misspelt key in a list in a list",
    withSignal({ perod: "1m" }),
    ['targets.web.policies[0].signals[0].perod ("1m") is not a known key: did you mean "period"?'],
  ],
  [
    "a range the wrong way round",
    withSignal({ range: [5, 1] }),
    ["targets.web.policies[0].signals[0].range ([5, 1]) needs [low, high] with low < high"],
  ],
  [
    "half a range",
    withSignal({ range: [5] }),
    ["targets.web.policies[0].signals[0].range ([5]) must have at least 2 entries"],
  ],
  [
    "a number where text belongs",
    withSignal({ dimensions: { Shard: 5 } }),
    ['targets.web.policies[0].signals[0].dimensions.Shard (5) is not text: write "5"'],
  ],
  [
    "a boolean in quotes",
    withSignal({ counter: "true" }),
    ['targets.web.policies[0].signals[0].counter ("true") is not true or false: write true without quotes'],
  ],
  [
    "a slip in one of two forms",
    allow({ unit: 1, per: "1m" }),
    ['targets.web.rate.out.allow[0].unit (1) is not a known key: did you mean "units"?'],
  ],
  [
    "a wrong value in one of two forms",
    allow({ units: 1, per: 60 }),
    [`targets.web.rate.out.allow[0].per (60) ${duration} (did you mean "60s"?)`],
  ],
  [
    "neither of two forms",
    allow({ per: "1m" }),
    ['targets.web.rate.out.allow[0] ({ per: "1m" }) has none of the forms { units, per } or { percent, per }'],
  ],
  [
    "both of two forms",
    allow({ units: 1, percent: 5, per: "1m" }),
    [
      'targets.web.rate.out.allow[0] ({ units: 1, percent: 5, per: "1m" }) has none of the forms { units, per } or { percent, per }',
    ],
  ],
  [
    "something else than two forms",
    allow(5),
    ["targets.web.rate.out.allow[0] (5) has none of the forms { units, per } or { percent, per }"],
  ],
  [
    "what a workload lacks",
    fleetWith({ simulation: { workload: "service", startUp: "1m", traffic, initial: 2 } }),
    ["targets.web.simulation.perUnit is missing: write a number"],
  ],
];

describe("parseConfig", () => {
  it.each(table)("says what is wrong with %s", (_, input, expected) => {
    expect(mistakes(input)).toEqual(expected);
  });

  it("names the file, and the number of problems", () => {
    expect(refused(fleetWith({ max: "ten" })).message).toMatch(/^headroom\.config\.ts has 1 problem:\n {2}targets/);
    expect(refused({}).message).toMatch(/^headroom\.config\.ts has 2 problems:\n/);
  });

  it("says that a minimum of 0 needs the total load", () => {
    expect(mistakes(fleetWith({ min: 0 }))).toEqual([expect.stringMatching(/^targets\.web\.min .*0.* total load/)]);
  });

  it("lists ten problems and counts the rest", () => {
    const wrong = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`zz${index}`, index]));
    const lines = mistakes(fleetWith(wrong));
    expect(lines).toHaveLength(11);
    expect(lines[10]).toBe("and 3 more");
  });

  it("refuses what throws when it is looked at, with the cause", () => {
    const cause = new Error("no");
    const input = {
      get name(): string {
        throw cause;
      },
    };
    expect(refused(input)).toMatchObject({ message: expect.stringContaining("cannot be read"), cause });
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Proxy(
            {},
            {
              getPrototypeOf: () => {
                throw cause;
              },
            },
          );
        },
      },
    );
    expect(refused(hostile)).toBeInstanceOf(Invalid);
  });

  it("survives what cannot be written as text", () => {
    const name = Object.assign(Object.create(null), { constructor: { name: Object.create(null) } });
    expect(mistakes({ name, targets: one })).toEqual(["name ({ constructor: { name: {} } }) is not text"]);
  });

  it("survives what contains itself", () => {
    const loop: Record<string, unknown> = { name: "shop" };
    loop.targets = loop;
    expect(mistakes(loop)[0]).toBe(
      'targets.name ("shop") is not an object: write { resource, mode, min, max, warmUp, policies, stabilisation, … }',
    );
  });
});

describe("a schedule", () => {
  const window = (changes: object) => ({ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", ...changes });
  const scheduled = (...windows: object[]) => fleetWith({ policies: [tracking, { kind: "schedule", windows }] });

  it("works within the bounds, which it may reach", () => {
    expect(() => parseConfig(scheduled(window({ floor: 10 }), window({ ceiling: 2 })), "f")).not.toThrow();
  });

  it("has no ceiling below the minimum and no floor above the maximum", () => {
    expect(mistakes(scheduled(window({ floor: 11 }), window({ ceiling: 1 })))).toEqual([
      "targets.web.policies[1].windows[0].floor (11) is above max, which is 10",
      "targets.web.policies[1].windows[1].ceiling (1) is below min, which is 2",
    ]);
  });
});

describe("defineConfig", () => {
  const input: FleetInput = { name: "shop", targets: { web: { ...web, warmUp: "2m" } } };

  it("gives back what it checked, as it was written", () => {
    expect(defineConfig(input)).toBe(input);
  });

  it("is read with defaults and durations in seconds", () => {
    expect(parseConfig(defineConfig(input), "f").targets.web).toMatchObject({
      mode: "observe",
      warmUp: 120,
      stabilisation: { in: 300, out: 0 },
    });
  });

  it("names the configuration in its message", () => {
    // @ts-expect-error the editor says so too
    expect(() => defineConfig({ name: "shop" })).toThrow("the configuration has 1 problem:\n  targets is missing");
  });

  it("is checked by the compiler as well", () => {
    // @ts-expect-error a duration needs its unit
    expect(() => defineConfig({ name: "shop", targets: { web: { ...web, warmUp: 90 } } })).toThrow(Invalid);
    // @ts-expect-error there is no such key
    expect(() => defineConfig({ name: "shop", targets: { web: { ...web, wramUp: "90s" } } })).toThrow(Invalid);
    // @ts-expect-error there is no such kind
    expect(() => defineConfig({ name: "shop", targets: { web: { ...web, resource: { kind: "ecs" } } } })).toThrow(
      Invalid,
    );
  });

  it("gives what can be written down and read again", () => {
    const defined = parseConfig(input, "f");
    const written: unknown = JSON.parse(JSON.stringify(z.encode(fleet, defined)));
    expect(written).toMatchObject({ targets: { web: { warmUp: "120s", stabilisation: { in: "300s" } } } });
    expect(parseConfig(written, "f")).toEqual(defined);
  });
});
