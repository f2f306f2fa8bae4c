import { LARGEST_LOAD } from "../history.ts";
import { AT_LEAST, append, KNOWN, UNKNOWN } from "../series.ts";
import type { Repaired } from "./repair.ts";

/**
 * The repaired history with the value of the next step, in O(1): the same as repairing all of it anew, as long as that
 * would leave the new value alone. It does not damp, find outages or level shifts, or forget what is older than 28 days:
 * repair anew now and then. A value that cannot be load is missing. What was given must not be used any more.
 */
export function extend(repaired: Repaired, value: number, saturated = false): Repaired {
  const { series, repairs, known } = repaired;
  const end = repaired.end + series.step;
  if (value >= 0 && value <= LARGEST_LOAD) {
    const bounds = repairs.saturated + (saturated ? 1 : 0);
    const longer = append(series, value, saturated ? AT_LEAST : KNOWN);
    return { ...repaired, series: longer, end, known: known + 1, repairs: { ...repairs, saturated: bounds } };
  }
  const { length, week, day, values } = series;
  const usual = values[length - (length >= week ? week : day)] ?? values[length - 1] ?? 0;
  const marked = { ...repairs, refused: repairs.refused + 1, filled: repairs.filled + 1 };
  return { ...repaired, series: append(series, usual, UNKNOWN), end, repairs: marked };
}
