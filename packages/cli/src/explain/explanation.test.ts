import { decide } from "@headroom/decisions/decide";
import type { DecideInput } from "@headroom/decisions/model";
import { decodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { describe, expect, it } from "vitest";
import { input, keyOf, lately, metric, NOON, paused, settings, tracking } from "../../../../test/builders/decisions.ts";
import { explanationText } from "./explanation.ts";
import { explanationJson } from "./json.ts";

const plain = (text: string) => text;
const recordOf = (asked: DecideInput, outcome: StoredRecord["outcome"] = { is: "none" }): StoredRecord => ({
  ...decide(asked),
  outcome,
});

function textOf(record: StoredRecord, heldUntil: number | null = null): string[] {
  const now = { is: "busy" as const, until: "2026-01-01T12:00:30.000Z" };
  return explanationText({ record, heldUntil, now }, plain).split("\n");
}

const load = keyOf("load");

describe("explanation", () => {
  it("tells a change from what was seen to what came of it", () => {
    const rate = { out: { allow: [{ units: 2, per: "1m" as const }] } };
    const asked = input({ settings: settings({ rate, max: 11 }), answers: { [load]: lately(200) } });
    expect(textOf(recordOf(asked, { is: "done", at: NOON + 2 }))).toEqual([
      "web at 2026-01-01 12:00:00Z  (ecs-service, control, 1 to 11 units)",
      "",
      "Seen",
      "  capacity: 10 set, 10 running, 10 ready (just now)",
      `  ${load}: 200 (1 min from 2026-01-01 11:59:00Z, ended just now)`,
      "",
      "Proposed",
      `  target-tracking: 20. ${load} is 200 at 10 a unit: 20 units' worth, so 20 units are needed and 10 are set.`,
      "    200 ÷ 10 = 20",
      "",
      "Combined",
      "  20: the highest proposal",
      "",
      "Limited",
      "  rate: 20 -> 12. The rate allows 12 units now, not 20.",
      "  bounds: 12 -> 11. The maximum is 11 units, so not 12.",
      "",
      "Did not limit",
      "  foreign-restore: there is nothing to set back; the policy is to adopt",
      "  stabilisation: no window is set",
      "  cool-down: nothing was changed lately",
      "  foreign-hold: there is nothing to leave alone; the policy is to adopt",
      "  interlocks: none is open that restrains",
      "  busy-units: no protected units are known",
      "  flapping: no policy would ask for more at once",
      "  pin: there is none",
      "  pause: there is none",
      "  spend: no budget is set",
      "",
      "Interlocks",
      "  deployment: absent: the platform does not say",
      "  drill: absent: nothing tells of it",
      "  release: absent: nothing tells of it",
      "  fleet-brake: absent: the fleet as a whole did not call for it",
      "  retry-storm: absent: no guard is configured",
      "  database-lag: absent: no guard is configured",
      "  capacity-did-not-arrive: closed",
      "",
      "Decided",
      "  scale 10 -> 11",
      "  because (atMax): The maximum is 11 units, so not 12.",
      "  outcome: done at 2026-01-01 12:00:02Z",
      "",
      "Now: a tick is acting on it until 2026-01-01T12:00:30.000Z.",
    ]);
  });

  it("says why nobody lowers while one policy is blind", () => {
    const policies = [tracking(), tracking({ signals: [metric("other")] })];
    const lines = textOf(recordOf(input({ settings: settings({ policies }), answers: { [load]: lately(20) } })));
    expect(lines).toContain(
      "  target-tracking 2: cannot tell. App other {} Average 60s has no datapoints; missing is not zero.",
    );
    expect(lines.find((line) => line.startsWith("  10: as it is now. "))).toContain("target-tracking 2 cannot");
  });

  it("says how proposals were combined, whatever limits and the mode made of it", () => {
    const policies = [tracking(), tracking({ signals: [metric("other")] })];
    const observing = settings({ mode: "observe", policies, min: 12 });
    const lines = textOf(recordOf(input({ settings: observing, answers: { [load]: lately(20) } })));
    expect(lines.find((line) => line.startsWith("  10: as it is now. "))).toContain("target-tracking 2 cannot");
  });

  it("tells what is recommended, why, and that it is only said", () => {
    const asked = input({ settings: settings({ mode: "observe" }), answers: { [load]: lately(200) } });
    const lines = textOf(recordOf(asked));
    expect(lines).toContain("  hold at 10, and recommend 20");
    expect(lines.filter((line) => line.startsWith("  because")).map((line) => line.split(":")[0])).toEqual([
      "  because (aboveTarget)",
      "  because (observing)",
    ]);
  });

  it("tells of a capacity that could not be read", () => {
    const lines = textOf(recordOf(input({ capacity: { is: "failed", why: "AccessDenied" } })));
    expect(lines).toEqual(expect.arrayContaining(["  capacity: failed: AccessDenied", "  nothing", "  by nothing"]));
    expect(lines).toContain("  hold: the capacity is not known");
  });

  it("says since when it held for the same reason", () => {
    const asked = input({ leases: [paused("both")], answers: { [load]: lately(200) } });
    expect(textOf(recordOf(asked), NOON + 600)).toContain(
      "Held since 2026-01-01 12:00:00Z for the same reason (paused), up to 2026-01-01 12:10:00Z.",
    );
  });

  it("says since when it recommends for the same reason", () => {
    const asked = input({ settings: settings({ mode: "observe" }), answers: { [load]: lately(200) } });
    expect(textOf(recordOf(asked), NOON + 600)).toContain(
      "Held since 2026-01-01 12:00:00Z for the same reason (aboveTarget), up to 2026-01-01 12:10:00Z.",
    );
  });

  it("ends with what would be decided now", () => {
    const record = recordOf(input());
    const now = recordOf(input({ at: NOON + 60, now: NOON + 60, answers: { [load]: lately(200) } }));
    const text = explanationText({ record, heldUntil: null, now: { is: "considered", record: now } }, plain);
    expect(text.split("\n").at(-1)).toBe(
      `Now (2026-01-01 12:01:00Z): would scale 10 -> 20. ${load} is 200 at 10 a unit: 20 units' worth, so 20 units are needed and 10 are set.`,
    );
  });

  it("is JSON that holds the record, which can be read back", () => {
    const record = recordOf(input());
    const now = { is: "considered" as const, record };
    const json: unknown = JSON.parse(JSON.stringify(explanationJson({ record, heldUntil: NOON, now })));
    expect(json).toMatchObject({
      ...{ target: "web", at: "2026-01-01T12:00:00.000Z", heldUntil: "2026-01-01T12:00:00.000Z" },
      binding: { code: "withinTolerance" },
      readings: [{ signal: load, reading: { is: "value", value: 100 } }],
    });
    expect(decodeRecord(explanationJson({ record, heldUntil: null, now }).record)).toEqual(record);
  });
});
