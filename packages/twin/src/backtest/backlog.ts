/** A queue in front of units that each serve one unit's worth of load, as a fluid. All in messages. */
export type Backlog = {
  /** Lets `worth` units' worth of load arrive for `seconds` while `ready` units work; gives the busy units. */
  flow(worth: number, ready: number, seconds: number): number;
  visible(): number;
  inFlight(): number;
};

/** @param perUnit messages a second that one unit works off; each unit works on one at a time */
export function createBacklog(perUnit: number): Backlog {
  let waiting = 0;
  let busy = 0;
  return {
    flow(worth, ready, seconds) {
      const offered = waiting / perUnit / seconds + worth;
      busy = Math.min(ready, offered);
      waiting = Math.max(0, (offered - busy) * perUnit * seconds);
      return busy;
    },
    visible: () => waiting,
    inFlight: () => busy,
  };
}
