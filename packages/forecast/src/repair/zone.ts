import { HOUR } from "../history.ts";

/** From an instant on (epoch seconds), clocks of a zone are so many seconds ahead of UTC. */
export type Offset = { from: number; seconds: number };

/** Clocks change a few times a year: this far apart two looks miss none that matters. */
const LOOK_EVERY = 7 * 24 * HOUR;

function secondsAhead(format: Intl.DateTimeFormat, at: number): number {
  const parts = Object.fromEntries(format.formatToParts(new Date(at * 1000)).map(({ type, value }) => [type, +value]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Math.round(Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at);
}

/** The first instant after `from`, to the minute, at which the clocks are no longer `seconds` ahead. */
function changeAfter(format: Intl.DateTimeFormat, from: number, to: number, seconds: number): number {
  let [before, after] = [from, to];
  while (after - before > 60) {
    const middle = Math.floor((before + after) / 120) * 60;
    if (middle <= before) break;
    if (secondsAhead(format, middle) === seconds) before = middle;
    else after = middle;
  }
  return after;
}

/**
 * How far the clocks of an IANA zone are ahead of UTC between two instants, in order.
 * @throws RangeError when there is no such zone
 */
export function offsetsOf(zone: string | undefined, from: number, to: number): Offset[] {
  if (zone === undefined || zone === "UTC") return [{ from, seconds: 0 }];
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23" },
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  });
  let seconds = secondsAhead(format, from);
  const offsets = [{ from, seconds }];
  for (let at = from; at < to; at += LOOK_EVERY) {
    const next = Math.min(to, at + LOOK_EVERY);
    const later = secondsAhead(format, next);
    if (later === seconds) continue;
    offsets.push({ from: changeAfter(format, at, next, seconds), seconds: later });
    seconds = later;
  }
  return offsets;
}

/** What clocks show at an instant, as epoch seconds that pretend it were UTC. */
export function wallClock(offsets: readonly Offset[], at: number): number {
  let seconds = offsets[0]?.seconds ?? 0;
  for (const offset of offsets) if (at >= offset.from) seconds = offset.seconds;
  return at + seconds;
}
