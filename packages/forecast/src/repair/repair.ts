import { dayNumbers } from "../calendar.ts";
import { DAY, type History, type Options } from "../history.ts";
import { type Series, seriesOf } from "../series.ts";
import { gainsOf } from "./counter.ts";
import { fillGaps, raiseSaturated } from "./fill.ts";
import { commonStep, onGrid } from "./grid.ts";
import { type LevelShift, levelShifts } from "./level-shifts.ts";
import { omitDays, omitOutages } from "./omissions.ts";
import { dampOutliers } from "./outliers.ts";
import { sortedPoints } from "./points.ts";
import { type Offset, offsetsOf, wallClock } from "./zone.ts";

/** What was done to the history, in counts of steps where nothing else is said. */
export type Repairs = {
  refused: number;
  unsorted: boolean;
  duplicates: number;
  resets: number;
  gaps: number;
  filled: number;
  excludedDays: number;
  outages: number;
  damped: number;
  saturated: number;
  shifts: LevelShift[];
};

export type Repaired = {
  /** By the wall clock of the zone. */
  series: Series;
  offsets: Offset[];
  repairs: Repairs;
};

/** Makes a history into a series, or says why it cannot be. @throws RangeError when an option is none */
export function repair(history: History, options: Options): Repaired | string {
  const { now, kind = "gauge", zone, excludeDays = [], horizon } = options;
  const { points, refused, unsorted } = sortedPoints(history, now);
  if (points.at.length < 2) return `there are ${points.at.length} values before now`;
  const step = options.step ?? commonStep(points);
  if (!(step > 0) || step > DAY / 2) return `values are ${step} s apart: at most 12 hours are of use`;
  const first = points.at[0] ?? 0;
  const gains = kind === "counter" ? gainsOf(points, step) : { points, resets: 0 };
  const offsets = offsetsOf(zone, first, now + horizon);
  const local =
    zone === undefined ? gains.points : { ...gains.points, at: gains.points.at.map((at) => wallClock(offsets, at)) };
  const grid = onGrid(local, step, wallClock(offsets, now));
  const excludedDays = omitDays(grid, dayNumbers(excludeDays));
  const outages = omitOutages(grid);
  const day = Math.round(DAY / step);
  const { gaps, steps: filled } = fillGaps(grid, day);
  const truth = grid.values.slice();
  const saturated = history.saturated === undefined ? 0 : raiseSaturated(grid, day);
  const damped = dampOutliers(grid.values, day);
  const series = seriesOf({ start: grid.start, step, values: grid.values, truth, known: grid.known });
  const { duplicates } = grid;
  const shifts = levelShifts(series);
  return {
    ...{ series, offsets },
    repairs: {
      ...{ refused, unsorted, duplicates, resets: gains.resets, gaps, filled },
      ...{ excludedDays, outages, damped, saturated, shifts },
    },
  };
}
