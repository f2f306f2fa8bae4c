import { type History, LONGEST_HISTORY } from "../history.ts";

/** The points of a history in order of time. */
export type Points = { at: Float64Array; value: Float64Array; saturated: Uint8Array | undefined };

/** Points in order of time, and what was found on the way. */
export type Sorted = { points: Points; refused: number; unsorted: boolean; zeros: number };

function isLoad(time: number, load: number): boolean {
  return time - time === 0 && load >= 0 && load < Number.POSITIVE_INFINITY;
}

const asFloats = (numbers: ArrayLike<number>) =>
  numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);

/** From where on points are all in order, of use and before `now`: the whole history, as a rule. Else -1. */
function orderly(at: Float64Array, value: Float64Array, now: number): number {
  const last = at.length - 1;
  if (last < 0 || !((at[last] ?? 0) < now)) return -1;
  let first = last + 1;
  let after = Number.POSITIVE_INFINITY;
  for (let index = last; index >= 0; index -= 1) {
    const time = at[index] ?? 0;
    if (!(time <= after) || !isLoad(time, value[index] ?? 0)) return -1;
    after = time;
    if (time >= now - LONGEST_HISTORY) first = index;
  }
  return first;
}

function countZeros(value: Float64Array): number {
  let zeros = 0;
  for (let index = 0; index < value.length; index += 1) if (value[index] === 0) zeros += 1;
  return zeros;
}

/** The values that can be load, of the last 28 days before `now`, in order of time. */
export function sortedPoints(history: History, now: number): Sorted {
  const [at, value] = [asFloats(history.at), asFloats(history.value)];
  const flags = history.saturated === undefined ? undefined : Uint8Array.from(history.saturated);
  const from = orderly(at, value, now);
  if (from >= 0) {
    const points = { at: at.subarray(from), value: value.subarray(from), saturated: flags?.subarray(from) };
    return { points, refused: 0, unsorted: false, zeros: countZeros(points.value) };
  }
  const isUsable = (index: number) => isLoad(at[index] ?? Number.NaN, value[index] ?? Number.NaN);
  const usable = Array.from(at.keys()).filter(isUsable);
  const recent = usable.filter((index) => (at[index] ?? 0) < now && (at[index] ?? 0) >= now - LONGEST_HISTORY);
  const unsorted = recent.some((index, place) => (at[index] ?? 0) < (at[recent[place - 1] ?? index] ?? 0));
  // By value where times are equal: the order in which points were given must not matter.
  recent.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || (value[a] ?? 0) - (value[b] ?? 0));
  const points = {
    at: Float64Array.from(recent, (index) => at[index] ?? 0),
    value: Float64Array.from(recent, (index) => value[index] ?? 0),
    saturated: flags === undefined ? undefined : Uint8Array.from(recent, (index) => flags[index] ?? 0),
  };
  return { points, refused: at.length - usable.length, unsorted, zeros: countZeros(points.value) };
}
