import { signalKey } from "@headroom/decisions/config/signals";
import { forecastKey, settings } from "@headroom/decisions/policies/predictive";
import { describe, expect, it } from "vitest";
import { metric, series } from "../../../../test/builders/decisions.ts";
import { keptForecast } from "../../../../test/contract/stores/forecasts.ts";
import { foresee } from "./foresee.ts";

const STEP = 300;
const DAY = 86_400;
/** The forecast of the builders begins after three days of waves, and looks two days ahead. */
const START = 3 * DAY;
const warmUp = 60;

const signal = metric("requests", { statistic: "Sum", period: "5m" });
const policy = settings.parse({ kind: "predictive", signal, target: 10, quantile: 0.95 });
const kept = { predictive: { ...keptForecast(START - 1), of: forecastKey(policy, warmUp) } };

/** How much the forecast is trusted at an instant, when the step from `from` on came to `load`. */
function standingAt(at: number, from: number, load: number) {
  const answers = new Map([[signalKey(policy.signal), series([[from, load]], STEP)]]);
  return foresee([policy], kept, {}, answers, { at, warmUp, tick: 60 }).standings.predictive;
}

describe("a step", () => {
  it("is judged two minutes after its end, when its datapoints have settled", () => {
    expect(standingAt(START + STEP + 119, START, 100)?.at).toBe(START - 1);
    expect(standingAt(START + STEP + 120, START, 100)).toMatchObject({ at: START, hour: { load: expect.any(Number) } });
  });

  it("of the second day is compared with the same time of the last known day", () => {
    const from = START + DAY + STEP;
    const standing = standingAt(from + STEP + 120, from, 500);
    expect(standing?.at).toBe(from);
    expect(standing?.day.naiveError).toBeGreaterThan(0);
  });
});

describe("the present load beside a forecast", () => {
  const perMinute = metric("requests", { statistic: "Average", delay: "60s" });
  const now = START + 3600;

  /** What is said at `now`, when these minutes before it had these loads. */
  function presentOf(minutes: [ago: number, load: number | "NaN"][], changes: object = {}, sibling: number[] = []) {
    const each = settings.parse({ kind: "predictive", signal: { ...perMinute, ...changes }, target: 10 });
    const kept = { predictive: { ...keptForecast(START - 1), of: forecastKey(each, warmUp) } };
    const at = (ago: number) => now - 60 * ago;
    const { zeroWhile } = each.signal;
    const answers = new Map([
      [signalKey(each.signal), series(minutes.map(([ago, load]) => [at(ago), load]))],
      ...(zeroWhile === undefined ? [] : [[signalKey(zeroWhile), series(sibling.map((ago) => [at(ago), 1]))] as const]),
    ]);
    const { outlooks } = foresee([each], kept, {}, answers, { at: now, warmUp, tick: 60 });
    const { predictive } = outlooks;
    return predictive?.is === "forecast" ? predictive.present?.load : predictive;
  }

  it("is the mean of the newest three minutes that have settled", () => {
    expect(
      presentOf([
        [5, 900],
        [4, 100],
        [3, 200],
        [2, 300],
        [1, 900],
      ]),
    ).toBe(200);
  });

  it("is known when half of them have reported, whatever is no number left out", () => {
    expect(
      presentOf([
        [4, 100],
        [3, "NaN"],
        [2, 300],
      ]),
    ).toBe(200);
    expect(
      presentOf([
        [4, "NaN"],
        [3, -1],
        [2, 300],
      ]),
    ).toBeUndefined();
  });

  it("is not known from what is too old", () => {
    const old: [number, number][] = [
      [12, 100],
      [11, 100],
      [10, 100],
    ];
    expect(presentOf(old, { maxAge: "9m" })).toBe(100);
    expect(presentOf(old, { maxAge: "8m" })).toBeUndefined();
    expect(presentOf([])).toBeUndefined();
  });

  it("counts a minute without datapoint as nothing while the sibling reports", () => {
    const zeroWhile = metric("hosts");
    expect(
      presentOf(
        [
          [4, 300],
          [2, 300],
        ],
        { zeroWhile },
        [4, 3, 2],
      ),
    ).toBe(200);
  });
});
