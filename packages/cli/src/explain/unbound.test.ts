import { decide } from "@headroom/decisions/decide";
import type { DecideInput } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import {
  action,
  capacity,
  input,
  keyOf,
  lately,
  looks,
  MINUTE,
  metric,
  NOON,
  paused,
  remembered,
  settings,
} from "../../../../test/builders/decisions.ts";
import { interlocksSeen } from "./interlocks-text.ts";
import { unboundLimits } from "./unbound.ts";

const says = (asked: DecideInput) =>
  Object.fromEntries(unboundLimits(decide(asked)).map(({ limit, says: text }) => [limit, text]));

describe("limits that did not bind", () => {
  it("are all that are not in the record", () => {
    const record = decide(input({ settings: settings({ max: 11 }), answers: { [keyOf("load")]: lately(200) } }));
    expect(unboundLimits(record).map(({ limit }) => limit)).not.toContain("bounds");
    expect(unboundLimits(record).length + record.limits.length).toBe(12);
  });

  it("say what they would allow", () => {
    const rate = {
      in: { allow: [{ units: 2, per: "5m" as const }] },
      out: { allow: [{ percent: 50, per: "1m" as const }] },
    };
    const memory = remembered({ actions: [action(NOON - MINUTE, 9, 10)] });
    const found = says(input({ settings: settings({ rate, warmUp: "3m", min: 2, max: 40 }), memory }));
    expect(found.rate).toBe("down to 7 and up to 15 now");
    expect(found["cool-down"]).toBe(
      "lowering to 9 would become 10. No lowering before 2026-01-01 12:02:00Z: capacity went from 9 to 10 at 2026-01-01 11:59:00Z.",
    );
    expect(found.bounds).toBe("2 to 40");
  });

  it("say until when they would hold a step back", () => {
    const memory = remembered({ ring: looks([10, 10, 12, 10, 10, 10]) });
    const found = says(input({ settings: settings({ stabilisation: { in: "5m" } }), memory }));
    expect(found.stabilisation).toMatch(
      /^lowering to 9 would become 10\. .+ 12 at 2026-01-01 11:56:00Z, not 9\. That lasts until 2026-01-01 12:01:00Z\.$/,
    );
    expect(found.pause).toBe("there is none");
    expect(says(input({ leases: [paused("in")] })).pause).toMatch(
      /^lowering to 9 would become 10\. Going to 9 is paused by ada/,
    );
  });

  it("say what they had to say although they changed nothing", () => {
    const dropped = (at: number) => [action(at, 12, 10, "foreign"), action(at, 10, 12)];
    const actions = [...dropped(NOON - 900), ...dropped(NOON - 600), action(NOON, 12, 10, "foreign")];
    const restoring = settings({ foreignWrites: { policy: "restore" } });
    const found = says(input({ settings: restoring, memory: remembered({ actions }) }));
    expect(found["foreign-restore"]).toMatch(/^Somebody set 10 again after/);
  });

  it("are none where the capacity is not known", () => {
    expect(unboundLimits(decide(input({ capacity: { is: "failed", why: "AccessDenied" } })))).toEqual([]);
  });
});

describe("interlocks", () => {
  const seen = (asked: DecideInput) =>
    Object.fromEntries(interlocksSeen(decide(asked)).map(({ name, ...rest }) => [name, rest]));

  it("are absent where nothing tells of them, and that is not closed", () => {
    const found = seen(input());
    expect(found.drill).toEqual({ is: "absent", says: "absent: nothing tells of it" });
    expect(found.deployment?.is).toBe("absent");
    expect(found["capacity-did-not-arrive"]?.is).toBe("closed");
  });

  it("are open or closed where something does", () => {
    const fact = { on: false, at: NOON, since: NOON, why: "over" };
    const guards = { retryStorm: { errors: metric("errors"), above: 1 }, downstream: { database: "orders" } };
    const found = seen(
      input({
        settings: settings({ guards }),
        capacity: { ...capacity(10), deploying: true },
        facts: { drill: fact, lagging: { orders: fact } },
      }),
    );
    expect(found.deployment).toEqual({
      is: "open",
      says: "open since 2026-01-01 12:00:00Z, no scaling in: a deployment is running",
    });
    for (const name of ["drill", "database-lag", "retry-storm"]) expect(found[name]?.is).toBe("closed");
  });
});
