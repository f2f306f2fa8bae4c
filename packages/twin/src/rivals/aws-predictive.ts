import { wholeUnits } from "@headroom/decisions/capacity";
import { forecast } from "@headroom/forecast/forecast";
import { type Contender, clamp } from "../backtest/autoscaler.ts";
import type { MinuteLoad } from "../backtest/load.ts";
import { STANDARD, trackTarget } from "./aws-target-tracking.ts";

// AWS predictive scaling (EC2 Auto Scaling and Application Auto Scaling user guides), in the mode that forecasts and
// scales, beside target tracking on one-minute metrics, as its guide recommends.
// Documented: a forecast of hourly load for the next 48 hours from up to 14 days of history, of which 24 hours are needed;
// made anew every 6 hours; the capacity of an hour is that load divided by the target, and the floor of that hour;
// it only scales out, in is left to dynamic scaling; SchedulingBufferTime, 300 s, is how much earlier capacity is set.
// Assumed: AWS's model is not public, so the load is forecast by our own package, from hourly values, its middle; with
// less than the two days that ours needs, as yesterday. In AWS's favour: the buffer is as long as units take to start, the
// forecast is there at once, and it knows the hour that has just ended.

const HOUR_MINUTES = 60;
const HOUR = 3600;
const DAY_HOURS = 24;
const MADE_EVERY_HOURS = 6;
const AHEAD_HOURS = 48;
const MOST_HOURS = 14 * DAY_HOURS;
const BUFFER_SECONDS = 300;

/** Mean load of every whole hour. */
function hoursOf({ minutes }: MinuteLoad): Float64Array {
  return Float64Array.from({ length: Math.floor(minutes.length / HOUR_MINUTES) }, (_, hour) => {
    const within = minutes.subarray(hour * HOUR_MINUTES, (hour + 1) * HOUR_MINUTES);
    return within.reduce((sum, worth) => sum + worth, 0) / HOUR_MINUTES;
  });
}

/** The load of the hours from `now` on, hours since the beginning, from those before. */
function foreseen(hours: Float64Array, now: number, start: number): ArrayLike<number> {
  const first = Math.max(0, now - MOST_HOURS);
  const value = hours.subarray(first, now);
  const at = Float64Array.from(value, (_, index) => start + (first + index) * HOUR);
  const found = forecast({ at, value }, { now: start + now * HOUR, horizon: AHEAD_HOURS * HOUR, step: HOUR });
  if (found.is === "forecast") return found.point;
  const yesterday = hours.subarray(now - DAY_HOURS, now);
  return Float64Array.from({ length: AHEAD_HOURS }, (_, index) => yesterday[index % DAY_HOURS] ?? 0);
}

/** What was forecast of every hour when it was last forecast before it began; 0 in the first day. */
function forecastsOf(load: MinuteLoad): Float64Array {
  const hours = hoursOf(load);
  // Hours of the clock: a trace may begin in the middle of one.
  const start = Math.floor(load.start / HOUR) * HOUR;
  const said = new Float64Array(hours.length + AHEAD_HOURS);
  for (let now = DAY_HOURS; now < hours.length; now += MADE_EVERY_HOURS) said.set(foreseen(hours, now, start), now);
  return said;
}

/** Predictive scaling with target tracking. What it forecasts depends on the load alone: it is made once for all runs. */
export function awsPredictive(load: MinuteLoad): Contender {
  let said: Float64Array | undefined;
  return {
    policy: "aws-predictive",
    rule: "aws-target-tracking, and every hour a floor for the hourly load forecast every 6 h from 14 days; never in by forecast",
    setting: "target utilisation",
    standard: 0.7,
    range: [0.1, 1.5],
    create(target, bounds) {
      said ??= forecastsOf(load);
      const forecasts = said;
      const tracking = trackTarget(STANDARD, target, bounds);
      const buffer = Math.max(BUFFER_SECONDS, bounds.startDelay);
      const floorAt = (at: number) => wholeUnits((forecasts[Math.floor(at / HOUR)] ?? 0) / target);
      return {
        every: tracking.every,
        decide(view) {
          const floor = Math.max(floorAt(view.now), floorAt(view.now + buffer));
          return clamp(Math.max(floor, tracking.decide(view)), bounds);
        },
      };
    },
  };
}
