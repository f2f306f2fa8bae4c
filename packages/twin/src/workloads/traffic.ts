import type { Traffic } from "@headroom/decisions/config/simulation";
import { stream } from "../random.ts";
import type { Load } from "./load.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

type Burst = { from: number; until: number };
/** What chance adds to one day: a factor for each of its minutes, and the surges that begin in it. */
type Chance = { noise: number[]; bursts: Burst[] };

/** The epoch began on a Thursday: days 2 and 3 of each seven after it are Saturday and Sunday. */
function isWeekend(day: number): boolean {
  const weekday = ((day % 7) + 7) % 7;
  return weekday === 2 || weekday === 3;
}

function chanceOf(day: number, traffic: Traffic, seed: number, name: string): Chance {
  const random = stream(seed, `traffic ${name} day ${day}`);
  const noise = Array.from({ length: DAY / MINUTE }, () => Math.max(0, 1 + traffic.noise * random.normal()));
  const bursts = traffic.bursts;
  if (bursts === undefined) return { noise, bursts: [] };
  const starts = Array.from({ length: random.poisson(bursts.perDay) }, () => (day + random.uniform(0, 1)) * DAY);
  return { noise, bursts: starts.map((from) => ({ from, until: from + bursts.lasts })) };
}

/** Keeps the chance of the days asked for lately: it depends on the day alone, so forgetting it changes nothing. */
function rememberDays(compute: (day: number) => Chance): (day: number) => Chance {
  const days = new Map<number, Chance>();
  return (day) => {
    const known = days.get(day) ?? compute(day);
    if (!days.has(day)) {
      if (days.size > 40) days.clear();
      days.set(day, known);
    }
    return known;
  };
}

/**
 * The rate of simulated traffic at an instant, in requests (or messages) a second: mean x daily wave x weekend x the
 * minute's noise x surge. It depends on the seed, the name and the instant alone. Surges that overlap do not multiply.
 */
export function trafficRate(traffic: Traffic, seed: number, name: string): (instant: number) => number {
  const dayOf = rememberDays((day) => chanceOf(day, traffic, seed, name));
  const reach = traffic.bursts === undefined ? 0 : Math.ceil(traffic.bursts.lasts / DAY);

  function surge(instant: number, day: number): number {
    if (traffic.bursts === undefined) return 1;
    for (let back = 0; back <= reach; back += 1) {
      if (dayOf(day - back).bursts.some(({ from, until }) => from <= instant && instant < until)) {
        return traffic.bursts.factor;
      }
    }
    return 1;
  }

  return (instant) => {
    const day = Math.floor(instant / DAY);
    const secondOfDay = instant - day * DAY;
    const angle = (2 * Math.PI * (secondOfDay / HOUR - traffic.peakHour)) / 24;
    const wave = 1 + traffic.swing * Math.cos(angle);
    const noise = dayOf(day).noise[Math.floor(secondOfDay / MINUTE)] ?? 1;
    return traffic.mean * wave * (isWeekend(day) ? traffic.weekend : 1) * noise * surge(instant, day);
  };
}

/** Simulated traffic as a load: a steady flow at its rate, or single messages that come by a Poisson process. */
export function trafficLoad(traffic: Traffic, seed: number, name: string): Load {
  const rate = trafficRate(traffic, seed, name);
  return { during: rate, wholeDuring: (second, random) => random.poisson(rate(second)) };
}
