import type { View } from "@headroom/twin/backtest/autoscaler";

type Given = Partial<Omit<View, "load" | "served">> & {
  /** Mean load of the slot that ends at an instant, in units' worth; a number stands for always. */
  load?: number | ((at: number) => number);
  /** Units that served at an instant; those that are ready now, unless said otherwise. */
  served?: (at: number) => number;
};

const SLOT = 5;

function mean(of: (at: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += SLOT) sum += of(at + SLOT);
  return (sum * SLOT) / (to - from);
}

/** What an autoscaler sees of a target with `ready` units under a load. */
export function viewOf(given: Given): View {
  const ready = given.ready ?? 10;
  const starting = given.starting ?? 0;
  const { load = 7, served = () => ready } = given;
  const loadAt = typeof load === "number" ? () => load : load;
  return {
    ...{ now: given.now ?? 3600, ready, starting, desired: given.desired ?? ready + starting },
    load: (from, to) => mean(loadAt, from, to),
    served: (from, to) => mean(served, from, to),
    utilisation: given.utilisation ?? ((from, to) => mean(loadAt, from, to) / mean(served, from, to)),
    queue: given.queue ?? { visible: 0, inFlight: 0 },
  };
}
