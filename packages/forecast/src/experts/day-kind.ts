import { meanOf } from "../series.ts";
import type { FamilyOf } from "./family.ts";

/** Days of the same kind that are averaged, and how far back they are looked for. */
const DAYS = 4;
const FURTHEST = 14;

/**
 * The same time of the last days of the target's kind: workdays, or weekends and holidays. Before there are two weeks of
 * history, and on holidays, nothing else knows.
 */
export const dayKind: FamilyOf = (series, { calendar }) => {
  const { start, step, day, hour } = series;
  const smooth = Math.round(day / 144);
  const days = Math.ceil(series.length / day) + FURTHEST; // the horizon included
  const rests = Uint8Array.from({ length: days + 1 }, (_, index) => Number(calendar.rests(start + index * day * step)));
  const offset = Math.round((((start % 86_400) + 86_400) % 86_400) / step);
  const kindAt = (position: number) => rests[Math.floor((position + offset) / day)] ?? 0;
  return {
    names: ["kind of day"],
    ask(origin, horizon, out, at) {
      const target = origin - 1 + horizon;
      const kind = kindAt(target);
      let [sum, found] = [0, 0];
      for (let ago = Math.ceil(horizon / day); ago <= FURTHEST && found < DAYS; ago += 1) {
        const then = target - ago * day;
        if (then - smooth < 0) break;
        if (kindAt(then) !== kind) continue;
        sum += meanOf(series, then - smooth, Math.min(then + smooth + 1, origin));
        found += 1;
      }
      out[at] = found > 0 ? sum / found : meanOf(series, origin - hour, origin);
    },
  };
};
