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
