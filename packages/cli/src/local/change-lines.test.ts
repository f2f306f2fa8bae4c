import { decide } from "@headroom/decisions/decide";
import type { Outcome, StoredRecord } from "@headroom/decisions/record";
import { describe, expect, it } from "vitest";
import { input, keyOf, lately, settings } from "../../../../test/builders/decisions.ts";
import { changeLine, createChanges } from "./change-lines.ts";

function record(load: number, mode: "observe" | "control", outcome: Outcome = { is: "none" }): StoredRecord {
  return { ...decide(input({ settings: settings({ mode }), answers: { [keyOf("load")]: lately(load) } })), outcome };
}

const done: Outcome = { is: "done", at: 1 };

describe("changes", () => {
  it("tells a change that was made, with the reason that settled it", () => {
    const [change] = createChanges()([record(200, "control", done)]);
    expect(change).toMatchObject({ is: "changed", target: "web", from: 10, to: 20, code: "aboveTarget" });
    expect(change && changeLine(change, 5)).toBe(
      "2026-01-01 12:00:00Z  web    10 -> 20              App load {} Average 60s is 200 at 10 a unit: 20 units' worth, so 20 units are needed and 10 are set.",
    );
  });

  it("tells a change that did not happen", () => {
    const [change] = createChanges()([record(200, "control", { is: "notDone", why: "no" })]);
    expect(change && changeLine(change, 3)).toContain("web  did not get 10 -> 20  ");
  });

  it("tells a recommendation once, and again when it is another one or was withdrawn", () => {
    const changes = createChanges();
    const told = [200, 200, 300, 100, 200].map((load) => changes([record(load, "observe")]).map(({ to }) => to));
    expect(told).toEqual([[20], [], [30], [], [20]]);
  });

  it("gives the reason behind a recommendation, not that it is one", () => {
    expect(createChanges()([record(200, "observe")])).toMatchObject([{ is: "recommended", code: "aboveTarget" }]);
  });

  it("says nothing of holds", () => {
    expect(createChanges()([record(100, "control")])).toEqual([]);
  });
});
