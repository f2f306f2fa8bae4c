import { dayNumbers } from "../calendar.ts";
import { DAY, type History, LARGEST_LOAD, type Options } from "../history.ts";
import { accumulate, type Series, seriesOf } from "../series.ts";
import { gainsOf } from "./counter.ts";
import { fillGaps, raiseSaturated } from "./fill.ts";
import { commonStep, type Gridded, onGrid } from "./grid.ts";
import { type LevelShift, levelShifts } from "./level-shifts.ts";
import { omitDays, omitOutages } from "./omissions.ts";
import { outliersOf } from "./outliers.ts";
import { type Points, sortedPoints } from "./points.ts";
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
  /** The instant at which the series ends, epoch seconds: the wall clock alone does not tell when clocks were put back. */
  end: number;
  /** How many steps of the series are known. */
  known: number;
  repairs: Repairs;
};

/** Makes a history into a series, or says why it cannot be. @throws RangeError when an option is none */
export function repair(history: History, options: Options): Repaired | string {
  const { now, kind = "gauge", zone, excludeDays = [], horizon } = options;
  const { points, refused, unsorted, zeros, step: apart } = sortedPoints(history, now);
  if (points.at.length < 2) return tooFew(points.at.length, refused);
  const step = options.step ?? apart ?? commonStep(points);
  if (!(step > 0) || step > DAY / 2) return `values are ${step} s apart: at most 12 hours are of use`;
  const first = points.at[0] ?? 0;
  const gains = kind === "counter" ? gainsOf(points, step) : { points, resets: 0 };
  const offsets = offsetsOf(zone, first, now + horizon);
  const isRegular = apart === step && kind === "gauge" && offsets.length === 1;
  const shown = wallClock(offsets, now);
  const grid = onGrid(byWallClock(gains.points, offsets), step, shown, isRegular);
  const end = now - (shown - (grid.start + grid.values.length * step));
  const excludedDays = excludeDays.length > 0 ? omitDays(grid, dayNumbers(excludeDays)) : 0;
  const outages = zeros > 0 ? omitOutages(grid) : 0;
  const day = Math.round(DAY / step);
  const { gaps, steps: filled } = grid.missing > 0 ? fillGaps(grid, day) : { gaps: 0, steps: 0 };
  const { series, saturated, damped } = asRead(grid, day, history.saturated !== undefined);
  const { duplicates } = grid;
  return {
    ...{ series, offsets, end, known: series.length - filled },
    repairs: {
      ...{ refused, unsorted, duplicates, resets: gains.resets, gaps, filled },
      ...{ excludedDays, outages, damped, saturated, shifts: levelShifts(series) },
    },
  };
}

function tooFew(values: number, refused: number): string {
  const besides = `${refused} cannot be load (0 to ${LARGEST_LOAD})`;
  return `there are ${values} values before now${refused > 0 ? `: ${besides}` : ""}`;
}

function byWallClock(points: Points, offsets: readonly Offset[]): Points {
  if (offsets.every(({ seconds }) => seconds === 0)) return points;
  return { ...points, at: points.at.map((at) => wallClock(offsets, at)) };
}

/** The series as experts read it: saturated steps raised, freaks damped. It is judged by what was there before. */
function asRead(
  grid: Gridded,
  day: number,
  mayBeSaturated: boolean,
): { series: Series; saturated: number; damped: number } {
  const { start, step, known } = grid;
  const truth = mayBeSaturated ? grid.values.slice() : grid.values;
  const saturated = mayBeSaturated ? raiseSaturated(grid, day) : 0;
  const series = seriesOf({ start, step, values: grid.values, truth, known });
  const outliers = outliersOf(series);
  if (outliers.length === 0) return { series, saturated, damped: 0 };
  series.truth = truth.slice();
  for (const { at, around } of outliers) series.values[at] = around;
  accumulate(series, outliers[0]?.at ?? 0, series.length);
  return { series, saturated, damped: outliers.length };
}
