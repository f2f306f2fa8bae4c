import { decide } from "@headroom/decisions/decide";
import type { StoredRecord } from "@headroom/decisions/record";
import { describe, expect, it } from "vitest";
import { input, keyOf, lately } from "../../../../test/builders/decisions.ts";
import { replay, replayedText } from "./compare.ts";

const asked = input({ answers: { [keyOf("load")]: lately(200) } });
const record: StoredRecord = { ...decide(asked), outcome: { is: "none" } };

describe("replay", () => {
  it("finds the same decision", () => {
    const replayed = replay(record);
    expect(replayed.same).toBe(true);
    expect(replayedText(replayed).split("\n").slice(0, 2)).toEqual(["same decision", "  scale 10 -> 20"]);
  });

  it("shows what is different, line by line", () => {
    const other = replay({
      ...record,
      decision: { is: "scale", sets: "capacity", from: 10, to: 19, reasons: record.decision.reasons },
    });
    expect(other.same).toBe(false);
    expect(replayedText(other)).toBe("another decision\n- scale 10 -> 19\n+ scale 10 -> 20");
  });

  it("shows a difference that the sentences hide", () => {
    const [reason] = record.decision.reasons;
    if (reason?.code !== "aboveTarget") throw new Error("the load calls for more");
    const reasons = [{ ...reason, data: { ...reason.data, value: 200.000_001 } }];
    const other = replay({ ...record, decision: { is: "scale", sets: "capacity", from: 10, to: 20, reasons } });
    expect(other.same).toBe(false);
    expect(replayedText(other)).toContain("200.000001");
  });
});
