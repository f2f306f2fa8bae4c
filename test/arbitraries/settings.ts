import { fc } from "@fast-check/vitest";
import { targetSettings } from "@headroom/decisions/config/settings";
import type * as z from "zod";
import { NOON } from "../builders/decisions.ts";

// Settings of targets of all kinds.

type SettingsInput = z.input<typeof targetSettings>;
type PolicyInput = SettingsInput["policies"][number];
type MetricInput = Extract<PolicyInput, { kind: "target-tracking" }>["signals"][number];
type Settings = z.output<typeof targetSettings>;

export const BIGGEST = 1_000_000_000;
/** As many units as an ordinary target has. */
export const few = fc.integer({ min: 0, max: 40 });
/** Any number of units. */
export const units = fc.oneof(
  { weight: 20, arbitrary: few },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: BIGGEST }) },
);
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n): `${number}s` => `${n}s`);

/** What is missing, when it is missing, is left out. */
export function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined });
}

/** The same without what is undefined: JSON has no such thing. */
export function without<T extends object>(given: T): T {
  const left = { ...given };
  for (const [key, value] of Object.entries(left)) if (value === undefined) Reflect.deleteProperty(left, key);
  return left;
}

function metricNamed(name: string): fc.Arbitrary<MetricInput> {
  const sibling = {
    source: "cloudwatch" as const,
    namespace: "App",
    metric: `${name} alive`,
    statistic: "Sum" as const,
  };
  return fc
    .record({
      source: fc.constant("cloudwatch" as const),
      namespace: fc.constant("App"),
      metric: fc.constant(name),
      statistic: fc.constantFrom("Average" as const, "Sum" as const),
      period: fc.constantFrom("60s" as const, "300s" as const),
      delay: fc.constantFrom("0s" as const, "90s" as const),
      maxAge: fc.constantFrom("60s" as const, "300s" as const, "900s" as const),
      counter: fc.boolean(),
      range: optional(fc.constantFrom<[number, number][]>([0, 100], [0, 500], [10, 100])),
      zeroWhile: optional(fc.constant(sibling)),
    })
    .map(({ range, zeroWhile, ...metric }) => ({
      ...metric,
      ...(range === undefined ? {} : { range }),
      ...(zeroWhile === undefined ? {} : { zeroWhile }),
    }));
}

function trackingNumbered(index: number): fc.Arbitrary<PolicyInput> {
  return fc.record({
    kind: fc.constant("target-tracking" as const),
    of: fc.constantFrom("total" as const, "average" as const),
    target: fc.oneof(fc.constantFrom(10, 60), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
    tolerance: fc.record({ in: fc.constantFrom(0, 0.1, 1), out: fc.constantFrom(0, 0.1, 1) }),
    signals: fc
      .integer({ min: 1, max: 2 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, signal) => metricNamed(`load ${index}.${signal}`))),
      ),
  });
}

function queueNumbered(index: number): fc.Arbitrary<PolicyInput> {
  return fc
    .record({
      kind: fc.constant("queue" as const),
      queue: fc.constant(`jobs-${index}`),
      drainWithin: seconds(0, 1200),
      secondsPerMessage: fc.oneof(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom({ min: 0.5, max: 4 }, { min: 2, max: 2 }),
      ),
      concurrencyPerUnit: fc.constantFrom(1, 2, 10),
      delay: fc.constantFrom("0s" as const, "900s" as const),
      maxReadingAge: fc.constant("300s" as const),
      maxAge: optional(seconds(0, 600)),
      messageGroups: optional(fc.integer({ min: 1, max: 50 })),
    })
    .map(({ maxAge, messageGroups, ...queue }) => ({
      ...queue,
      ...(maxAge === undefined ? {} : { maxAge }),
      ...(messageGroups === undefined ? {} : { messageGroups }),
    }));
}

const change = fc.oneof(
  fc.record({ units: fc.integer({ min: -20, max: 20 }) }),
  fc.record({ percent: fc.integer({ min: -100, max: 300 }), atLeast: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ exactly: few }),
);

/** Steps that follow one another, with room between some of them. */
function stepsNumbered(index: number): fc.Arbitrary<PolicyInput> {
  const edges = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 5 });
  return fc
    .tuple(
      edges.map((all) => all.sort((a, b) => a - b)),
      fc.array(change, { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([sorted, changes, left]) => {
      const ends = [undefined, ...sorted, undefined];
      const all = ends.slice(1).map((to, place) => ({ from: ends[place], to, change: changes[place] ?? { units: 1 } }));
      const steps = all.filter((_, place) => place !== left).map(without);
      return { kind: "step" as const, steps };
    })
    .chain((step) => metricNamed(`steps ${index}`).map((signal) => ({ ...step, signals: [signal] })));
}

const noon = new Date(NOON * 1000);
const aWindow = fc.oneof(
  fc.record({
    start: fc.constantFrom("0 9 * * *", "0 12 * * 1-5", "30 11 * * *"),
    end: fc.constantFrom("0 18 * * *", "0 12 * * *", "59 23 * * 0"),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
    except: fc.constantFrom<string[][]>([], [noon.toISOString().slice(0, 10)]),
  }),
  fc.record({
    from: fc.constantFrom("2026-01-01T11:30:00Z", "2026-01-01T12:00:00Z", "2026-01-01T12:10:00Z"),
    to: fc.constant("2026-01-01T13:00:00Z"),
  }),
);
const scheduled: fc.Arbitrary<PolicyInput> = fc
  .array(
    fc
      .tuple(aWindow, few, optional(few), fc.constantFrom("0s" as const, "1h" as const))
      .map(([window, floor, room, ramp]) => ({
        ...window,
        floor,
        ramp,
        ...(room === undefined ? {} : { ceiling: floor + room }),
      })),
    { minLength: 1, maxLength: 2 },
  )
  .map((windows) => ({ kind: "schedule" as const, windows }));

function objectiveNumbered(index: number): fc.Arbitrary<PolicyInput> {
  const named = (name: string) => ({
    ...{ source: "cloudwatch" as const, namespace: "App", statistic: "Sum" as const },
    metric: `${name} ${index}`,
  });
  return fc.record({
    kind: fc.constant("objective" as const),
    slo: fc.constantFrom(0.9, 0.99, 0.999),
    measure: fc.constantFrom(
      { by: "errors" as const, failed: named("failed"), all: named("all") },
      { by: "latency" as const, latency: named("latency"), above: 20 },
    ),
    burnAbove: fc.constantFrom(1, 6),
    long: fc.constantFrom("10m" as const, "1h" as const),
    maxBoost: fc.constantFrom(0.5, 2),
  });
}

const policies = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.oneof(
          { weight: 4, arbitrary: trackingNumbered(index) },
          { weight: 4, arbitrary: queueNumbered(index) },
          { weight: 2, arbitrary: stepsNumbered(index) },
          { weight: 1, arbitrary: scheduled },
          { weight: 1, arbitrary: objectiveNumbered(index) },
        ),
      ),
    ),
  );

const guarded = { source: "cloudwatch" as const, namespace: "App", statistic: "Sum" as const };

const paced = fc.oneof(
  fc.record({ units: fc.integer({ min: 1, max: 10 }), per: seconds(10, 600) }),
  fc.record({ percent: fc.integer({ min: 1, max: 300 }), per: seconds(10, 600) }),
);
const rate = fc.record({
  allow: fc.array(paced, { minLength: 1, maxLength: 2 }),
  select: fc.constantFrom("loosest" as const, "strictest" as const),
});

const mostlyNone = fc.oneof(
  { weight: 3, arbitrary: fc.constant("0s" as const) },
  { weight: 1, arbitrary: seconds(1, 600) },
);

const guards = fc.record({
  fallback: optional(fc.record({ after: seconds(0, 600), capacity: few })),
  foreignWrites: fc.constantFrom(
    { policy: "adopt" as const },
    { policy: "hold" as const, duration: "10m" as const },
    { policy: "restore" as const, atMostPerHour: 2 },
  ),
  spend: optional(
    fc.record({
      unitHour: fc.constantFrom(0.05, 1),
      budget: fc.integer({ min: 1, max: 100 }),
      per: fc.constantFrom("1h" as const, "30d" as const),
    }),
  ),
  guards: fc.constantFrom<SettingsInput["guards"][]>(
    {},
    { downstream: { database: "orders" } },
    { retryStorm: { errors: { ...guarded, metric: "errors" }, above: 10 } },
  ),
});

/** The same policies, the windows of schedules within bounds: others are refused. */
function within(min: number, max: number, given: readonly PolicyInput[]): PolicyInput[] {
  return given.map((policy) => {
    if (policy.kind !== "schedule") return policy;
    const windows = policy.windows.map(({ floor = 0, ceiling, ...window }) => ({
      ...{ ...window, floor: Math.min(max, floor) },
      ...(ceiling === undefined ? {} : { ceiling: Math.max(min, ceiling) }),
    }));
    return { ...policy, windows };
  });
}

/** Settings of a target. */
export const settings: fc.Arbitrary<Settings> = fc
  .record({
    mode: fc.oneof(
      { weight: 4, arbitrary: fc.constant("control" as const) },
      { weight: 1, arbitrary: fc.constantFrom("observe" as const, "floor" as const) },
    ),
    min: fc.integer({ min: 0, max: 10 }),
    room: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 10, max: 80 }) },
      { weight: 1, arbitrary: fc.constant(BIGGEST) },
    ),
    warmUp: mostlyNone,
    policies,
    stabilisation: fc.record({ in: mostlyNone, out: mostlyNone }),
    rate: fc.record({ in: rate, out: rate }, { requiredKeys: [] }),
    coolDown: fc.record({ in: mostlyNone, out: mostlyNone }),
    guarding: guards,
  })
  .map(({ min, room, guarding: { fallback, spend, ...guarding }, ...rest }) => {
    const seesTotals = rest.policies.some(
      ({ kind, ...policy }) => kind === "queue" || ("of" in policy && policy.of === "total"),
    );
    const least = seesTotals ? min : Math.max(1, min);
    const max = least + room;
    const resource = { kind: "ecs-service" as const, cluster: "shop", service: "web" };
    const whenBlind =
      fallback === undefined ? {} : { fallback: { ...fallback, capacity: Math.min(max, fallback.capacity) } };
    return targetSettings.decode({
      ...{ ...rest, ...guarding, resource, min: least, max },
      policies: within(least, max, rest.policies),
      ...whenBlind,
      ...(spend === undefined ? {} : { spend }),
    });
  });
