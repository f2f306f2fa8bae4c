import { type History, LARGEST_LOAD, LONGEST_HISTORY } from "../history.ts";

/** The points of a history in order of time. */
export type Points = { at: Float64Array; value: Float64Array; saturated: Uint8Array | undefined };

/** Points in order of time, and what was found on the way. */
export type Sorted = {
  points: Points;
  refused: number;
  unsorted: boolean;
  zeros: number;
  /** Their distance, when all are equally far apart. */
  step: number | undefined;
};

function isLoad(time: number, load: number): boolean {
  return time - time === 0 && load >= 0 && load <= LARGEST_LOAD;
}

const asFloats = (numbers: ArrayLike<number>) =>
  numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);

/** What one look at a history finds, when all of it is in order and of use: the rule. Of use are `from` to before `to`. */
type Orderly = { from: number; to: number; zeros: number; step: number | undefined };

/** The newest 28 days before `now`, and whether they are all a step apart; undefined when some of the history needs sorting out. */
function orderly(at: Float64Array, value: Float64Array, now: number): Orderly | undefined {
  let last = at.length - 1;
  while (last >= 0 && (at[last] ?? 0) >= now) last -= 1;
  if (last < 1) return undefined;
  const step = (at[last] ?? 0) - (at[last - 1] ?? 0);
  let [zeros, regular] = [0, step > 0];
  let after = (at[last] ?? 0) + step;
  for (let from = last; from >= 0; from -= 1) {
    const time = at[from] ?? 0;
    if (time < now - LONGEST_HISTORY) return { from: from + 1, to: last + 1, zeros, step: regular ? step : undefined };
    const load = value[from] ?? 0;
    if (!(time <= after) || !isLoad(time, load)) return undefined;
    if (after - time !== step) regular = false;
    if (load === 0) zeros += 1;
    after = time;
  }
  return { from: 0, to: last + 1, zeros, step: regular ? step : undefined };
}

/** The values that can be load, of the last 28 days before `now`, in order of time. */
export function sortedPoints(history: History, now: number): Sorted {
  const [at, value] = [asFloats(history.at), asFloats(history.value)];
  const flags = history.saturated === undefined ? undefined : Uint8Array.from(history.saturated);
  const found = orderly(at, value, now);
  if (found !== undefined) {
    const { from, to, zeros, step } = found;
    const points = { at: at.subarray(from, to), value: value.subarray(from, to), saturated: flags?.subarray(from, to) };
    return { points, refused: 0, unsorted: false, zeros, step };
  }
  const isOutside = (time: number) => time >= now || time < now - LONGEST_HISTORY;
  const within = Array.from(at.keys()).filter((index) => !isOutside(at[index] ?? Number.NaN));
  const recent = within.filter((index) => isLoad(at[index] ?? Number.NaN, value[index] ?? Number.NaN));
  const unsorted = recent.some((index, place) => (at[index] ?? 0) < (at[recent[place - 1] ?? index] ?? 0));
  // By value where times are equal: the order in which points were given must not matter.
  recent.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || (value[a] ?? 0) - (value[b] ?? 0));
  const points = {
    at: Float64Array.from(recent, (index) => at[index] ?? 0),
    value: Float64Array.from(recent, (index) => value[index] ?? 0),
    saturated: flags === undefined ? undefined : Uint8Array.from(recent, (index) => flags[index] ?? 0),
  };
  const zeros = points.value.reduce((count, load) => count + (load === 0 ? 1 : 0), 0);
  return { points, refused: within.length - recent.length, unsorted, zeros, step: undefined };
}
