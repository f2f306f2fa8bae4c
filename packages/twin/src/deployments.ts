import * as z from "zod";
import { nextChance } from "./chances.ts";
import type { Keeper } from "./keeper.ts";
import type { Workload } from "./workloads/workload.ts";

/** How often whoever deploys looks whether new units have come up. */
const LOOK_SECONDS = 10;

const deploymentsState = z.strictObject({ next: z.number().nullable(), retires: z.number().nullable() });

export type Deployments = Keeper & {
  /** Deploys at `second`: old and new units run side by side for `lasts` seconds, and longer while new ones do not come up. */
  deploy(second: number, lasts: number): void;
};

type Options = {
  id: string;
  seed: number;
  start: number;
  workload: Workload;
  simulated: { perDay: number; lasts: number } | undefined;
};

/** Deployments of one resource: those that chance brings, and those that somebody asks for. */
export function createDeployments({ id, seed, start, workload, simulated }: Options): Deployments {
  const chance = nextChance(simulated?.perDay ?? 0, seed, `deployments ${id}`);
  const finite = (second: number) => (Number.isFinite(second) ? second : null);
  let state: z.infer<typeof deploymentsState> = { next: finite(chance(start)), retires: null };

  function deploy(second: number, lasts: number): void {
    workload.deploy();
    state.retires = Math.ceil(second + lasts);
  }

  function retire(second: number): void {
    workload.retire();
    state.retires = workload.units().deploying ? second + LOOK_SECONDS : null;
  }

  return {
    deploy,
    due: () => Math.min(state.next ?? Number.POSITIVE_INFINITY, state.retires ?? Number.POSITIVE_INFINITY),
    act(second) {
      if (state.retires !== null && state.retires <= second) return retire(second);
      state.next = finite(chance(second + 1));
      deploy(second, simulated?.lasts ?? 0);
    },
    snapshot: () => ({ ...state }),
    restore(snapshot) {
      state = deploymentsState.parse(snapshot);
    },
  };
}
