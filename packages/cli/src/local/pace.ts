import { setImmediate, setTimeout } from "node:timers/promises";
import type { Speed } from "../options.ts";
import type { ControlPlane } from "./control-plane.ts";

const MINUTE = 60;

export type Pace = {
  speed: Speed;
  /** The virtual instant at which it is over. */
  until: number;
  /** Ends it after the tick that is running. */
  stop: AbortSignal;
  /** After each step. Steps end with the virtual minute at the latest. */
  onStep: (now: number) => Promise<void> | void;
};

/** About one step a second, a virtual minute at most. */
function stepAt(speed: Speed): number {
  return speed === "max" ? MINUTE : Math.min(MINUTE, Math.max(1, Math.round(speed)));
}

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal: stop }).catch(() => undefined);
}

/** Lets virtual time go by at a pace. A machine that is too slow falls behind it, and does not hurry afterwards. */
export async function play(plane: ControlPlane, { speed, until, stop, onStep }: Pace): Promise<void> {
  const { clock } = plane.twin;
  const step = stepAt(speed);
  let due = performance.now();
  while (!stop.aborted && clock.now() < until) {
    const begun = clock.now();
    const endOfMinute = (Math.floor(begun / MINUTE) + 1) * MINUTE;
    const end = Math.min(begun + step, endOfMinute, until);
    await plane.live(end - begun);
    await onStep(clock.now());
    if (speed === "max") {
      await setImmediate(); // signals are heard only between macrotasks
      continue;
    }
    due = Math.max(due + ((end - begun) / speed) * 1000, performance.now());
    await pause(Math.max(0, due - performance.now()), stop);
  }
}
