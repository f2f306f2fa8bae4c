import type { Clock } from "@headroom/loops/world";

/** Time in the twin, in seconds since the epoch. It moves only when its driver moves it. */
export type VirtualClock = Clock & {
  /**
   * Moves on to `instant`, running on the way what is due, in the order of its instants and then of its booking. An
   * instant that has passed already runs what is overdue and moves nothing.
   */
  advanceTo(instant: number): Promise<void>;
  /** Lets time pass within something that is running: what falls due meanwhile waits until that has ended. */
  pass(seconds: number): void;
  /** Books `run` for `instant`. An instant that has passed runs as soon as time moves. */
  at(instant: number, run: () => unknown): void;
};

type Booking = { instant: number; run: () => unknown };

/** Where a booking for `instant` belongs: behind everything that is not later. */
function placeFor(agenda: readonly Booking[], instant: number): number {
  const place = agenda.findLastIndex((booked) => booked.instant <= instant);
  return place + 1;
}

/** A clock that stands at `start`. */
export function createClock(start: number): VirtualClock {
  let now = start;
  let moving = false;
  const agenda: Booking[] = [];

  async function runDue(until: number): Promise<void> {
    for (let next = agenda[0]; next !== undefined && next.instant <= until; next = agenda[0]) {
      agenda.shift();
      now = Math.max(now, next.instant);
      await next.run();
    }
  }

  return {
    now: () => now,
    async advanceTo(instant) {
      if (moving) throw new Error("the virtual clock is moving already: await advanceTo before moving it again");
      moving = true;
      try {
        await runDue(instant);
        now = Math.max(now, instant);
      } finally {
        moving = false;
      }
    },
    pass(seconds) {
      now += Math.max(0, seconds);
    },
    at(instant, run) {
      agenda.splice(placeFor(agenda, instant), 0, { instant, run });
    },
  };
}
