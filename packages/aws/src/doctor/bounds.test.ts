import type { CapacityAnswer } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { found, known, type TargetInput } from "../../../../test/builders/look.ts";
import { bounds } from "./bounds.ts";
import type { Status } from "./check.ts";

const failed = (why: string): CapacityAnswer => ({ is: "failed", why });

describe("bounds", () => {
  it.each<[what: string, answer: CapacityAnswer, changes: Partial<TargetInput>, findings: [Status, string][]]>([
    ["as configured", known(3), {}, [["ok", "between 1 and 10"]]],
    ["a maximum that is max", known(10, { maximum: 10 }), {}, [["ok", "It stands at 10"]]],
    ["a lower maximum", known(3, { maximum: 9 }), {}, [["problem", "Its own maximum is 9"]]],
    ["a higher minimum", known(3, { minimum: 2 }), {}, [["warning", "Its own minimum is 2"]]],
    ["too little now", known(3), { min: 4 }, [["warning", "control would raise it to 4"]]],
    ["too much now", known(11), {}, [["warning", "control would take it down to 10"]]],
    ["none at all", { ...known(3), minimum: undefined, maximum: undefined }, {}, [["ok", ""]]],
    [
      "none, which floor mode needs",
      { ...known(3), minimum: undefined },
      { mode: "floor" },
      [["problem", "no minimum"]],
    ],
    [
      "two things at once",
      known(12, { maximum: 9 }),
      {},
      [
        ["problem", "9"],
        ["warning", "12"],
      ],
    ],
    ["nothing that is known", failed("Denied: no"), {}, []],
  ])("%s", async (_, answer, changes, findings) => {
    const said = (await found(bounds, answer, changes)).map(({ status, says }) => [status, says]);
    expect(said).toEqual(findings.map(([status, says]) => [status, expect.stringContaining(says)]));
  });
});
