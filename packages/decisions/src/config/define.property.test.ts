import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Invalid } from "../errors.ts";
import { parseConfig } from "./define.ts";
import { targetConfig } from "./settings.ts";

const targetKeys = Object.keys(targetConfig.shape);
const resource = { kind: "ecs-service", cluster: "main", service: "web" };
const target = { resource, min: 2, max: 10, policies: [{ kind: "queue", queue: "orders", drainWithin: "5m" }] };
const fleetWith = (changes: Record<string, unknown>) => ({ name: "shop", targets: { web: { ...target, ...changes } } });

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});
const key = fc.constantFrom("name", "targets", ...targetKeys, "kind", "web", "__proto__", "constructor");
const like = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    anything,
    fc.constantFrom("queue", "ecs-service", "5m", 0, 2),
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
  object: fc.dictionary(key, tie("value"), { maxKeys: 6 }),
}));
const either = fc.oneof(like.value, fc.constant(fleetWith({})));
const near = fc
  .record(Object.fromEntries(targetKeys.map((each) => [each, either])), { requiredKeys: [] })
  .map((changes) => fleetWith(changes));

describe("parseConfig", () => {
  it("throws nothing but Invalid, whatever the input, and never for a defect of its own", () => {
    fc.assert(
      fc.property(fc.oneof(anything, like.value, near), (input) => {
        try {
          parseConfig(input, "f");
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid);
          expect(error).not.toHaveProperty("cause");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
