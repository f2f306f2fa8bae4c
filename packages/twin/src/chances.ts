import { stream } from "./random.ts";

const DAY = 86_400;
/** What is so rare that it does not happen within so many days is said never to happen. */
const DAYS_AHEAD = 400;

/**
 * The first instant at or after `second` of something that happens `perDay` times a day on average, at random. It depends
 * on the seed and the name alone; infinite where it never happens.
 */
export function nextChance(perDay: number, seed: number, name: string): (second: number) => number {
  const days = new Map<number, number[]>();

  function ofDay(day: number): number[] {
    const random = stream(seed, `${name} day ${day}`);
    const times = Array.from({ length: random.poisson(perDay) }, () => Math.floor((day + random.uniform(0, 1)) * DAY));
    return times.sort((a, b) => a - b);
  }

  function known(day: number): number[] {
    const found = days.get(day) ?? ofDay(day);
    if (days.size > 4) days.clear();
    days.set(day, found);
    return found;
  }

  return (second) => {
    if (perDay === 0) return Number.POSITIVE_INFINITY;
    const today = Math.floor(second / DAY);
    for (let day = today; day < today + DAYS_AHEAD; day += 1) {
      const next = known(day).find((at) => at >= second);
      if (next !== undefined) return next;
    }
    return Number.POSITIVE_INFINITY;
  };
}
