import type { Action, Moment } from "./model.ts";

const MOST = Number.MAX_SAFE_INTEGER;
const ROUNDING = 1e-9;

/** A quotient that grew beyond what can be counted, as the most that can: so it stays a number in sums and in JSON. */
export function saturated(quotient: number): number {
  return Math.min(MOST, quotient);
}

/**
 * Whole units that cover `needed`: rounded up, never below 0, saturating instead of overflowing. A hair above a whole
 * number counts as that number, because it comes from floating point and not from load.
 */
export function wholeUnits(needed: number): number {
  return Math.max(0, saturated(Math.ceil(needed - ROUNDING)));
}

/** The instant from which `ring` has no gap up to `at`: no two looks, nor the last one and `at`, more than 2½ ticks apart. */
export function knownSince(ring: readonly Moment[], at: number, tick: number): number {
  let since = at;
  for (let index = ring.length - 1; index >= 0; index -= 1) {
    const moment = ring[index];
    if (moment === undefined || since - moment.at > 2.5 * tick) break;
    since = moment.at;
  }
  return since;
}

type Look = Pick<Moment, "at" | "running" | "ready">;

/**
 * The capacity during `[from, to]`. What happened between two looks is not known, so the smaller one counts for `ready`
 * (its mean over time) and the larger one for `running` (the most there was): else a period in which capacity changed
 * would multiply what was measured after the change by what there was before. Undefined where there is a gap.
 * @param ring looks, oldest first, the present one included
 */
export function capacityDuring(
  ring: readonly Look[],
  period: { from: number; to: number; tick: number },
): { ready: number; running: number } | undefined {
  const first = ring.findLastIndex((moment) => moment.at <= period.from);
  if (first === -1) return undefined;
  let area = 0;
  let running = 0;
  for (let index = first; index < ring.length; index += 1) {
    const look = ring[index];
    if (look === undefined || look.at >= period.to) break;
    const next = ring[index + 1] ?? { ...look, at: period.to };
    const until = Math.min(next.at, period.to);
    if (until - look.at > 2.5 * period.tick) return undefined;
    area += Math.min(look.ready, next.ready) * (until - Math.max(look.at, period.from));
    running = Math.max(running, look.running, next.running);
  }
  return { ready: area / (period.to - period.from), running };
}

/** The change that somebody else made since the last look, or undefined when capacity is what we know it to be. */
export function foreignWrite(
  memory: { ring: readonly Moment[]; actions: readonly Action[] },
  desired: number,
  at: number,
): Action | undefined {
  const looked = memory.ring.at(-1);
  if (looked === undefined) return undefined;
  const since = memory.actions.findLast((action) => action.at >= looked.at);
  const expected = since?.to ?? looked.desired;
  return expected === desired ? undefined : { at, from: expected, to: desired, by: "foreign" };
}
