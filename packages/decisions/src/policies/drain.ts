import { wholeUnits } from "../capacity.ts";

/** A queue and its workers at one instant: messages, messages a second, seconds. */
export type Flow = {
  now: number;
  visible: number;
  inFlight: number;
  /** Delayed messages that become visible while the backlog is worked off. */
  falling: number;
  /** λ, messages a second. */
  arrivals: number;
  /** S, seconds that one worker slot needs for a message. */
  secondsPerMessage: number;
  /** c, messages that one unit works on at a time. */
  concurrency: number;
  ready: number;
  tick: number;
  warmUp: number;
  /** The instant by which the backlog is due to be gone. */
  drainBy: number;
};

/** μ: messages a second that the ready units can work off. */
export function drainRate(flow: Pick<Flow, "ready" | "concurrency" | "secondsPerMessage">): number {
  return (flow.ready * flow.concurrency) / flow.secondsPerMessage;
}

/**
 * Units that keep up with arrivals and have the backlog gone by `drainBy`:
 * `S × (λ + B′ / r) / c` with `r = max(tick, drainBy − now − w)` seconds left once new units serve, and
 * `B′ = visible + falling + max(0, λ − μ) × w` messages by then. At least one while there is anything to do.
 * Little's law for the steady part; AWS's own recipe (backlog per instance) knows neither arrivals nor start-up.
 */
export function unitsToDrain(flow: Flow): number {
  const left = Math.max(flow.tick, flow.drainBy - flow.now - flow.warmUp);
  const growth = Math.max(0, flow.arrivals - drainRate(flow)) * flow.warmUp;
  const backlog = flow.visible + flow.falling + growth;
  const units = wholeUnits((flow.secondsPerMessage * (flow.arrivals + backlog / left)) / flow.concurrency);
  const anything = flow.visible + flow.falling + flow.inFlight + flow.arrivals > 0;
  return anything ? Math.max(1, units) : units;
}

/** Seconds until `units` would have the backlog gone, or Infinity when they cannot keep up. */
export function secondsToDrain(flow: Flow, units: number): number {
  const backlog = flow.visible + flow.falling;
  if (backlog === 0) return 0;
  const spare = drainRate({ ...flow, ready: units }) - flow.arrivals;
  return spare > 0 ? backlog / spare : Number.POSITIVE_INFINITY;
}
