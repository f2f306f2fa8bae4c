import type { Series } from "../series.ts";

/** A jump up and down again within two steps, this many times the usual change, is a freak. */
const FREAK = 12;
/** Unless this time of another day has seen half of it: then it belongs to the season. */
const SEEN = 0.5;

function busiestNear(values: Float64Array, at: number): number {
  return Math.max(values[at - 1] ?? 0, values[at] ?? 0, values[at + 1] ?? 0);
}

/** Single values far above their neighbours that no other day has seen: where, and the larger of the neighbours. */
export function outliersOf({ values, length, roughness, day }: Series): { at: number; around: number }[] {
  const limit = FREAK * roughness;
  const found: { at: number; around: number }[] = [];
  if (!(limit > 0)) return found;
  // The newest two steps are left alone: nobody knows yet.
  for (let at = 2; at < length - 2; at += 1) {
    const value = values[at] ?? 0;
    if (value - (values[at - 2] ?? 0) <= limit) continue;
    const around = Math.max(values[at - 2] ?? 0, values[at + 2] ?? 0);
    if (value - around <= limit) continue;
    const past = around + SEEN * (value - around);
    if (![-7, -1, 1, 7].some((days) => busiestNear(values, at + days * day) > past)) found.push({ at, around });
  }
  return found;
}
