import type { SignalAnswer } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { keyOf, metric, NOON, tracking } from "../../../../test/builders/decisions.ts";
import { fleetOf, lookAt, service } from "../../../../test/builders/look.ts";
import type { Status } from "./check.ts";
import { metrics } from "./metrics.ts";

describe("metrics", () => {
  const at = (age: number): SignalAnswer => ({ is: "series", period: 60, points: [{ at: NOON - 60 - age, value: 5 }] });
  const nothing: SignalAnswer = { is: "series", period: 60, points: [] };
  const sibling = { source: "cloudwatch", namespace: "App", metric: "hosts", statistic: "Average" } as const;

  async function judged(answers: Record<string, SignalAnswer>, signals = [metric("load")]) {
    const fleet = fleetOf({ web: service({ policies: [tracking({ signals })] }) });
    const byKey = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [keyOf(name), answer]));
    const findings = await metrics.run(lookAt(fleet, { signals: { web: byKey } }));
    return findings.map(({ status, says }) => [status, says.split("}")[1] ?? says]);
  }

  it.each<[what: string, answer: SignalAnswer, status: Status, says: string]>([
    ["fresh", at(120), "ok", " Average 60s has data, the newest 2 min old."],
    ["as old as it may be", at(300), "ok", " Average 60s has data, the newest 5 min old."],
    ["older", at(301), "warning", " Average 60s has data, the newest 5 min old. Above 5 min it is stale."],
    ["absent", nothing, "problem", " Average 60s has no datapoint in the last 3 h: its policy would be blind."],
    ["denied", { is: "failed", why: "Denied: no" }, "notChecked", " Average 60s cannot be read. Denied: no"],
    ["impossible", { is: "failed", why: "Invalid: no" }, "problem", " Average 60s cannot be read. Invalid: no"],
  ])("%s", async (_, answer, status, says) => {
    expect(await judged({ load: answer })).toEqual([[status, says]]);
  });

  it("that were not answered are not known", async () => {
    expect(await judged({})).toMatchObject([["notChecked", expect.stringContaining("was not answered")]]);
  });

  it("of which another one is there are no problem", async () => {
    const two = [metric("load"), metric("spare")];
    expect((await judged({ load: nothing, spare: at(0) }, two)).map(([status]) => status)).toEqual(["warning", "ok"]);
    expect((await judged({ load: nothing, spare: nothing }, two)).map(([status]) => status)).toEqual([
      "problem",
      "problem",
    ]);
  });

  it("that count as 0 while their sibling reports are as they should be", async () => {
    const errors = [{ ...metric("load"), zeroWhile: sibling }];
    expect((await judged({ load: nothing, hosts: at(0) }, errors))[0]).toEqual([
      "ok",
      expect.stringContaining("counts as 0"),
    ]);
    expect((await judged({ load: nothing, hosts: nothing }, errors))[0]?.[0]).toBe("problem");
  });
});
