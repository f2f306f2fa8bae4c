import { mathSignal } from "@headroom/decisions/config/signals";
import { describe, expect, it } from "vitest";
import { series, signal } from "../../../../test/builders/decisions.ts";
import { historyOf, inSteps, scaleOf } from "./history.ts";

const requests = signal("requests", { statistic: "Sum" });
const busy = signal("busy");

describe("the history of a signal", () => {
  it("is read in steps of five minutes, or in its own if they are longer", () => {
    expect(inSteps(requests).period).toBe(300);
    expect(inSteps(signal("requests", { statistic: "Sum", period: "1h" })).period).toBe(3600);
  });

  it("is in the unit of the signal's own period", () => {
    const answer = series(
      [
        [0, 600],
        [300, "NaN"],
        [600, 0],
      ],
      300,
    );
    if (answer.is !== "series") throw new Error("it is one");
    expect(historyOf(requests, answer)).toEqual({ at: [0, 300, 600], value: [120, Number.NaN, 0] });
    expect(historyOf(busy, answer)).toEqual({ at: [0, 300, 600], value: [600, Number.NaN, 0] });
  });

  it("adds up where what it is made of does", () => {
    const metrics = (statistic: string) => ({ m: { namespace: "App", metric: "requests", statistic } });
    const math = (statistic: string) =>
      mathSignal.parse({ source: "math", expression: "m", metrics: metrics(statistic) });
    expect(scaleOf(math("Sum"), 300)).toBe(5);
    expect(scaleOf(math("SampleCount"), 300)).toBe(5);
    expect(scaleOf(math("Maximum"), 300)).toBe(1);
    expect(scaleOf(signal("requests", { statistic: "SampleCount" }), 300)).toBe(5);
  });
});
