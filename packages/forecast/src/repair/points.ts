import { type History, LONGEST_HISTORY } from "../history.ts";
import type { Points } from "./counter.ts";

/** Points in order of time, with what had to be done for it. */
export type Sorted = { points: Points; refused: number; unsorted: boolean };

/** The values that can be load, of the last 28 days before `now`, in order of time. */
export function sortedPoints({ at, value, saturated }: History, now: number): Sorted {
  const order = new Int32Array(at.length);
  let [kept, refused, unsorted] = [0, 0, false];
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < at.length; index += 1) {
    const time = at[index] ?? Number.NaN;
    const load = value[index] ?? Number.NaN;
    if (!Number.isFinite(time) || !Number.isFinite(load) || load < 0) {
      refused += 1;
      continue;
    }
    if (time >= now || time < now - LONGEST_HISTORY) continue;
    if (time < before) unsorted = true;
    before = time;
    order[kept] = index;
    kept += 1;
  }
  const used = order.subarray(0, kept);
  if (unsorted) used.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || (value[a] ?? 0) - (value[b] ?? 0));
  const points = { at: new Float64Array(kept), value: new Float64Array(kept), saturated: new Uint8Array(kept) };
  for (let place = 0; place < kept; place += 1) {
    const index = used[place] ?? 0;
    points.at[place] = at[index] ?? 0;
    points.value[place] = value[index] ?? 0;
    if (saturated !== undefined) points.saturated[place] = saturated[index] ? 1 : 0;
  }
  return { points, refused, unsorted };
}
