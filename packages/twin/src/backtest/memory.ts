import type { TargetSettings } from "@headroom/decisions/config/settings";
import { actionSpan, memorySpan } from "@headroom/decisions/memory";
import { type Action, type Memory, type Moment, nothingRemembered, type TickRecord } from "@headroom/decisions/model";

/** Drops what is at the front of a list, oldest first, and too old. */
function forget(list: { at: number }[], isOld: (at: number) => boolean): void {
  let old = 0;
  for (let first = list[old]; first !== undefined && isOld(first.at); first = list[old]) old += 1;
  if (old > 0) list.splice(0, old);
}

/**
 * What `remember` keeps of a target from tick to tick, changed in place: a backtest makes millions of decisions, and
 * nobody looks at the records of the ones before.
 */
export function createMemory(settings: TargetSettings, tick: number) {
  const [ring, actions]: [Moment[], Action[]] = [[], []];
  const [looksBack, countsBack] = [memorySpan(settings, tick), actionSpan(settings)];
  let memory: Memory = { ...nothingRemembered, ring, actions };
  return {
    now: (): Memory => memory,
    /** After a tick whose decision, if it is one to scale, was carried out. */
    after({ input, carry, combined, decision }: TickRecord): void {
      const { at, capacity } = input;
      forget(actions, (then) => then <= at - countsBack);
      if (decision.is === "scale") actions.push({ at, from: decision.from, to: decision.to, by: "headroom" });
      if (capacity.is === "capacity") {
        const { desired, running, ready } = capacity;
        forget(ring, (then) => then < at - looksBack);
        ring.push({ at, proposal: combined, desired, running, ready });
      }
      memory = { ...nothingRemembered, ...carry, ring, actions };
    },
  };
}
