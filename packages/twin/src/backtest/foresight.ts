import type { TargetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import type { Outlook, Point, SignalAnswer, Standing } from "@headroom/decisions/model";
import type { PredictiveSettings } from "@headroom/decisions/policies/predictive";
import { foresee } from "@headroom/loops/forecasts/foresee";
import type { KeptForecasts } from "@headroom/loops/forecasts/kept";
import { madeFrom } from "@headroom/loops/forecasts/make";
import { FORECAST_PERIOD_SECONDS } from "@headroom/loops/forecasts/period";
import type { Outlooks, Source } from "./deciding.ts";
import type { MinuteLoad } from "./load.ts";
import { createTape } from "./tape.ts";

// Forecasts as the loop makes and judges them, of the load as it was known by then, from values of five minutes; under two
// days there is none.

const MINUTE = 60;
const STEP = 300;
/** The predictive policy's name in its target. */
const POLICY = "predictive";
/** Before the first was made. */
const NONE: Outlook = { is: "none", why: "none was made yet" };

/** Load of every whole five minutes. */
function stepsOf({ minutes }: MinuteLoad): Float64Array {
  const each = STEP / MINUTE;
  return Float64Array.from({ length: Math.floor(minutes.length / each) }, (_, index) => {
    const within = minutes.subarray(index * each, (index + 1) * each);
    return within.reduce((sum, worth) => sum + worth, 0) / each;
  });
}

/** The series from `from` to before `to`, seconds since the beginning of the load, which is at `start`. */
function seriesOf(values: Float64Array, period: number, [from, to]: [number, number], start: number): SignalAnswer {
  const points: Point[] = [];
  const last = Math.floor(to / period);
  for (let at = Math.max(0, Math.ceil(from / period)); at < last; at += 1) {
    points.push({ at: start + at * period, value: values[at] ?? 0 });
  }
  return { is: "series", period, points };
}

/**
 * What the forecasts of a load say at each tick. They are made and judged once, however many runs ask: they depend on
 * the load, and not on the capacity that a setting gives.
 */
export function createForesight(
  load: MinuteLoad,
  settings: TargetSettings,
  policy: PredictiveSettings,
  source: Source,
): Outlooks {
  const { minutes, start } = load;
  const steps = stepsOf(load);
  const key = signalKey(policy.signal);
  const tape = createTape(Math.floor((minutes.length * MINUTE) / source.every));
  let kept: KeptForecasts = {};
  let standings: Readonly<Record<string, Standing>> = {};

  function make(now: number): void {
    const known = seriesOf(steps, STEP, [now - policy.history, now - source.age], start);
    if (known.is !== "series") return;
    kept = {
      [POLICY]: madeFrom({ target: { id: "backtest", config: settings }, policy }, { answer: known }, start + now),
    };
  }

  /** The newest datapoints, as far back as the policy reads them. */
  function recent(now: number): SignalAnswer {
    const end = Math.floor((now - source.age) / source.period) * source.period;
    const points: Point[] = [];
    for (let at = Math.max(0, end - 3 * STEP); at < end; at += source.period) {
      points.push({ at: start + at, value: minutes[Math.floor(at / MINUTE)] ?? 0 });
    }
    return { is: "series", period: source.period, points };
  }

  function look(now: number): void {
    const when = { at: start + now, warmUp: settings.warmUp, tick: source.every };
    const found = foresee(settings.policies, kept, standings, new Map([[key, recent(now)]]), when);
    standings = found.standings;
    tape.push(found.outlooks[POLICY] ?? NONE, when.at);
    // A forecast is made after the tick of its time, and is used from the next one on.
    if (now % FORECAST_PERIOD_SECONDS === 0) make(now);
  }

  return (now) => {
    const index = Math.round(now / source.every) - 1;
    while (tape.length() <= index) look((tape.length() + 1) * source.every);
    const outlook = tape.at(index, start + now);
    return outlook === undefined ? {} : { [POLICY]: outlook };
  };
}
