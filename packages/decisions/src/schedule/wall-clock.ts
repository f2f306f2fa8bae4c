/** What the clock on the wall of a time zone shows at an instant: its date and time, read as if they were UTC, in seconds. */
export type WallClock = (at: number) => number;

/** The wall clock of an IANA time zone. */
export function wallClockOf(zone: string): WallClock {
  const numeric = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...numeric, ...time });
  return (at) => {
    const [month = 0, day = 0, year = 0, hour, minute, second] = (format.format(at * 1000).match(/\d+/g) ?? []).map(
      Number,
    );
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  };
}

/** No clock goes back or forward by more. */
const LONGEST_SHIFT_SECONDS = 3 * 3600;

/** The first whole second in `(from, to]` at which `holds`, which it does at `to` and from then on. */
function firstAt(from: number, to: number, holds: (at: number) => boolean): number {
  let [no, yes] = [from, to];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/**
 * The latest time that a clock has shown by `at`. When it goes back that is not what it shows: times that come a second
 * time have been there before, and what belongs to them has been done.
 */
export function shownBy(clock: WallClock, at: number): number {
  const now = clock(at);
  const earlier = at - LONGEST_SHIFT_SECONDS;
  const ahead = clock(earlier) - earlier;
  if (at + ahead <= now) return now;
  const back = firstAt(earlier, at, (each) => clock(each) - each < ahead);
  return Math.max(now, clock(back - 1));
}

/**
 * When a clock that has shown `time` by `at` first did so, or something later: a time that is skipped when the clock
 * goes forward comes at the first moment after, one that comes twice the first time.
 */
export function firstShown(clock: WallClock, time: number, at: number): number {
  const about = at - (shownBy(clock, at) - time);
  return firstAt(about - LONGEST_SHIFT_SECONDS - 1, at, (each) => shownBy(clock, each) >= time);
}
