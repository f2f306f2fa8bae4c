import * as z from "zod";
import { nextChance } from "./chances.ts";
import type { Floor } from "./floor.ts";
import type { Keeper } from "./keeper.ts";
import { stream } from "./random.ts";

const writersState = z.strictObject({ next: z.number().nullable() });

type Options = { id: string; seed: number; start: number; perDay: number; initial: number; floor: Floor };

/**
 * People and tools that set the capacity of a resource now and then. Half of the time it is a tool that sets what its
 * template says, which is what there was at first; else anything between the bounds, up to three times of that.
 */
export function createForeignWriters({ id, seed, start, perDay, initial, floor }: Options): Keeper {
  const chance = nextChance(perDay, seed, `foreign writes ${id}`);
  const finite = (second: number) => (Number.isFinite(second) ? second : null);
  let state: z.infer<typeof writersState> = { next: finite(chance(start)) };

  return {
    due: () => state.next ?? Number.POSITIVE_INFINITY,
    act(second) {
      state.next = finite(chance(second + 1));
      const random = stream(seed, `foreign write ${id} ${second}`);
      const { minimum, maximum } = floor.bounds();
      const wanted = random.chance(0.5) ? initial : Math.round(random.uniform(minimum, Math.max(3, 3 * initial)));
      floor.setCapacity(Math.max(minimum, Math.min(maximum, wanted)));
    },
    snapshot: () => ({ ...state }),
    restore(snapshot) {
      state = writersState.parse(snapshot);
    },
  };
}
