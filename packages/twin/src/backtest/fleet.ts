/** Seconds of one simulation step: what 10, 15, 20 and 60 s have in common. */
export const SLOT_SECONDS = 5;
export const SLOTS_A_MINUTE = 60 / SLOT_SECONDS;

type Starting = { ready: number; units: number };

/** Units of one simulated target. Starting units serve after the start delay; lowering takes the newest first, at once. */
export type Units = {
  desired(): number;
  ready(): number;
  starting(): number;
  set(desired: number, now: number): void;
  /** Lets units that are due by `now` serve. */
  advance(now: number): void;
};

export function createUnits(initial: number, startDelay: number): Units {
  let ready = initial;
  let pending = 0;
  const starting: Starting[] = [];

  function lower(by: number): void {
    let left = by;
    while (left > 0 && starting.length > 0) {
      const newest = starting[starting.length - 1];
      if (newest === undefined) break;
      const taken = Math.min(left, newest.units);
      newest.units -= taken;
      pending -= taken;
      left -= taken;
      if (newest.units === 0) starting.pop();
    }
    ready -= left;
  }

  return {
    desired: () => ready + pending,
    ready: () => ready,
    starting: () => pending,
    set(desired, now) {
      const change = desired - ready - pending;
      if (change < 0) lower(-change);
      if (change <= 0) return;
      starting.push({ ready: now + startDelay, units: change });
      pending += change;
    },
    advance(now) {
      for (let next = starting[0]; next !== undefined && next.ready <= now; next = starting[0]) {
        starting.shift();
        pending -= next.units;
        ready += next.units;
      }
    },
  };
}
