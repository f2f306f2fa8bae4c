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

  it("of a metric that is late is judged so much later", () => {
    const late = settings.parse({
      kind: "predictive",
      signal: { ...signal, delay: "60s" },
      target: 10,
      quantile: 0.95,
    });
    const kept = { predictive: { ...keptForecast(START - 1), of: forecastKey(late, warmUp) } };
    const answers = new Map([[signalKey(late.signal), series([[START, 100]], STEP)]]);
    const judgedAt = (at: number) =>
      foresee([late], kept, {}, answers, { at, warmUp, tick: 60 }).standings.predictive?.at;
    expect(judgedAt(START + STEP + 179)).toBe(START - 1);
    expect(judgedAt(START + STEP + 180)).toBe(START);
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

  type Minutes = [ago: number, load: number | "NaN"][];

  /** What is said at `now`, when these minutes before it had these loads. */
  function outlookOf(minutes: Minutes, changes: object = {}, sibling: number[] = []) {
    const each = settings.parse({ kind: "predictive", signal: { ...perMinute, ...changes }, target: 10 });
    const kept = { predictive: { ...keptForecast(START - 1), of: forecastKey(each, warmUp) } };
    const at = (ago: number) => now - 60 * ago;
    const { zeroWhile, period } = each.signal;
    const answers = new Map([
      [
        signalKey(each.signal),
        series(
          minutes.map(([ago, load]) => [at(ago), load]),
          period,
        ),
      ],
      ...(zeroWhile === undefined ? [] : [[signalKey(zeroWhile), series(sibling.map((ago) => [at(ago), 1]))] as const]),
    ]);
    const { predictive } = foresee([each], kept, {}, answers, { at: now, warmUp, tick: 60 }).outlooks;
    if (predictive?.is !== "forecast") throw new Error(predictive?.why ?? "nothing is said");
    return predictive;
  }

  const presentOf = (...seen: Parameters<typeof outlookOf>) => outlookOf(...seen).present?.load;
  const steady = (load: number): Minutes => [4, 3, 2].map((ago) => [ago, load]);

  it("moves what is expected, and not the peak that was forecast", () => {
    const [alone, less, more] = [outlookOf([]), outlookOf(steady(20)), outlookOf(steady(900))];
    expect(less.ahead).toBeLessThan(0.8 * alone.ahead);
    expect(less.soon).toBeLessThan(0.8 * alone.soon);
    expect(more.ahead).toBeGreaterThanOrEqual(900);
    expect(more.soon).toBeGreaterThanOrEqual(900);
    for (const { peak } of [less, more, alone]) expect(peak).toBe(Math.max(alone.ahead, alone.soon));
  });

  it("has its peak before units would serve, while load falls", () => {
    const found = foresee([policy], kept, {}, new Map(), { at: START + 8 * 3600, warmUp: 1800, tick: 60 });
    const outlook = found.outlooks.predictive;
    if (outlook?.is !== "forecast") throw new Error("there is none");
    expect(outlook.soon).toBeGreaterThan(outlook.ahead);
    expect(outlook.peak).toBe(outlook.soon);
  });

  it("does not bring down a forecast that looks at load alone", () => {
    const policy = settings.parse({ kind: "predictive", signal: perMinute, target: 10, mayScaleIn: true });
    const kept = { predictive: { ...keptForecast(START - 1), of: forecastKey(policy, warmUp) } };
    const minutes = series(steady(20).map(([ago, load]) => [now - 60 * ago, load]));
    const found = foresee([policy], kept, {}, new Map([[signalKey(policy.signal), minutes]]), {
      ...{ at: now, warmUp, tick: 60 },
    });
    expect(found.outlooks.predictive).toMatchObject({ ahead: outlookOf([]).ahead, present: { load: 20 } });
  });

  it("is read within the signal's range", () => {
    const minutes: Minutes = [...steady(100).slice(0, 2), [2, 1e9]];
    expect(presentOf(minutes, { range: [0, 400] })).toBe(200);
    expect(presentOf(steady(20), { range: [50, 400] })).toBeUndefined();
  });

  it("is one datapoint where they are longer than three minutes", () => {
    const minutes: Minutes = [
      [11, 100],
      [6, 300],
    ];
    expect(presentOf(minutes, { period: "5m" })).toBe(300);
  });

  it("is no older than its newest number, and than ten minutes", () => {
    const numbers: Minutes = [
      [8, 100],
      [7, 100],
      [6, 100],
      [5, "NaN"],
      [4, "NaN"],
      [3, "NaN"],
      [2, "NaN"],
    ];
    expect(presentOf(numbers, { maxAge: "5m" })).toBe(100);
    expect(presentOf(numbers, { maxAge: "4m" })).toBeUndefined();
    const old = (ago: number): Minutes => [
      [ago + 1, 100],
      [ago, 100],
    ];
    expect(presentOf(old(11), { maxAge: "1h" })).toBe(100);
    expect(presentOf(old(12), { maxAge: "1h" })).toBeUndefined();
  });

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
