import type { History } from "@headroom/forecast/history";

export const DAY = 86_400;
export const HOUR = 3_600;
/** A Monday, midnight UTC. */
export const MONDAY = 1_767_571_200;

/** A number between -1 and 1 that looks random and is always the same for the same index. */
export function noise(index: number): number {
  const mixed = Math.sin(index * 12.9898 + 78.233) * 43_758.5453;
  return 2 * (mixed - Math.floor(mixed)) - 1;
}

/** A load with a busy afternoon, quieter weekends and 3 % of noise, around 100. */
export function daily(at: number): number {
  const busy = 100 - 60 * Math.cos((2 * Math.PI * (at % DAY)) / DAY);
  const rests = Math.floor((at - MONDAY) / DAY) % 7 >= 5;
  return busy * (rests ? 0.6 : 1) * (1 + 0.03 * noise(at / 60));
}

/**
 * 100 and 5 % of noise, and 400 more for five minutes from some minutes past the hour on, in this part of the hours: which
 * of them is chance.
 */
export function bursting(share: number, minutes: readonly number[], seed = 0): (at: number) => number {
  return (at) => {
    const from = minutes.find((minute) => at % HOUR >= minute * 60 && at % HOUR < (minute + 5) * 60);
    const hour = Math.floor(at / HOUR);
    const comes = from !== undefined && (1 + noise(hour * 61 + from + seed * 1e5)) / 2 < share;
    return 100 + 5 * noise(at / 60 + seed) + (comes ? 400 : 0);
  };
}

export type Recorded = History & { at: Float64Array; value: Float64Array };

/** What was recorded of a load from Monday on. */
export function recorded(days: number, load: (at: number) => number = daily, step = 300): Recorded {
  const at = Float64Array.from({ length: Math.round((days * DAY) / step) }, (_, index) => MONDAY + index * step);
  return { at, value: at.map(load) };
}

/** The same without the points that a test takes away. */
export function without({ at, value }: Recorded, gone: (at: number) => boolean): Recorded {
  const kept = Array.from(at.keys()).filter((index) => !gone(at[index] ?? 0));
  const pick = (from: Float64Array) => Float64Array.from(kept, (index) => from[index] ?? 0);
  return { at: pick(at), value: pick(value) };
}
