import { fc } from "@fast-check/vitest";
import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import type * as z from "zod";

type SettingsInput = z.input<typeof targetSettings>;
type PolicyInput = SettingsInput["policies"][number];
type MetricInput = Extract<PolicyInput, { kind: "target-tracking" }>["signals"][number];

/** Far more units than anybody has. */
const BIGGEST = 1_000_000_000;
export const few = fc.integer({ min: 0, max: 40 });
export const units = fc.oneof(
  { weight: 20, arbitrary: few },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: BIGGEST }) },
);
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n): `${number}s` => `${n}s`);

/** Records of which some entries may be missing. */
function withOptional<Always extends object, Maybe extends object>(
  always: fc.Arbitrary<Always>,
  maybe: fc.Arbitrary<Maybe>,
): fc.Arbitrary<Always & Maybe> {
  return fc.tuple(always, maybe).map(([a, b]) => ({ ...a, ...b }));
}

function metricNamed(name: string): fc.Arbitrary<MetricInput> {
  const sibling = {
    source: "cloudwatch" as const,
    namespace: "App",
    metric: `${name} alive`,
    statistic: "Sum" as const,
  };
  return withOptional(
    fc.record({
      source: fc.constant("cloudwatch" as const),
      namespace: fc.constant("App"),
      metric: fc.constant(name),
      statistic: fc.constantFrom("Average" as const, "Sum" as const),
      period: fc.constantFrom("60s" as const, "300s" as const),
      delay: fc.constantFrom("0s" as const, "90s" as const),
      maxAge: fc.constantFrom("60s" as const, "300s" as const, "900s" as const),
      counter: fc.boolean(),
    }),
    fc.record(
      {
        range: fc.constantFrom<[number, number][]>([0, 100], [0, 500], [10, 100]),
        zeroWhile: fc.constant(sibling),
      },
      { requiredKeys: [] },
    ),
  );
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
  return withOptional(
    fc.record({
      kind: fc.constant("queue" as const),
      queue: fc.constant(`jobs-${index}`),
      drainWithin: seconds(0, 1200),
      secondsPerMessage: fc.oneof(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom({ min: 0.5, max: 4 }, { min: 2, max: 2 }),
      ),
      concurrencyPerUnit: fc.constantFrom(1, 2, 10),
      delay: fc.constantFrom("0s" as const, "900s" as const),
    }),
    fc.record({ maxAge: seconds(0, 600), messageGroups: fc.integer({ min: 1, max: 50 }) }, { requiredKeys: [] }),
  );
}

const policies = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => fc.oneof(trackingNumbered(index), queueNumbered(index)))),
  );

const change = fc.oneof(
  fc.record({ units: fc.integer({ min: 1, max: 10 }), per: seconds(10, 600) }),
  fc.record({ percent: fc.integer({ min: 1, max: 300 }), per: seconds(10, 600) }),
);
const rate = fc.record({
  allow: fc.array(change, { minLength: 1, maxLength: 2 }),
  select: fc.constantFrom("loosest" as const, "strictest" as const),
});

const mostlyNone = fc.oneof(
  { weight: 3, arbitrary: fc.constant("0s" as const) },
  { weight: 1, arbitrary: seconds(1, 600) },
);

/** Settings of a target whose policies all ask about different things. */
export const settings: fc.Arbitrary<TargetSettings> = fc
  .record({
    mode: fc.oneof(
      { weight: 4, arbitrary: fc.constant("control" as const) },
      { weight: 1, arbitrary: fc.constant("observe" as const) },
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
  })
  .map(({ min, room, ...rest }) => {
    const seesTotals = rest.policies.some(
      (policy) => policy.kind === "queue" || ("of" in policy && policy.of === "total"),
    );
    const least = seesTotals ? min : Math.max(1, min);
    const resource = { kind: "ecs-service" as const, cluster: "shop", service: "web" };
    return targetSettings.decode({ ...rest, resource, min: least, max: least + room });
  });
