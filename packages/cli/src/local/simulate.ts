import type { Fleet } from "@headroom/decisions/config/fleet";
import { instant, time } from "@headroom/decisions/say";
import { memoryStores } from "@headroom/twin/stores";
import type { Trace } from "@headroom/twin/workloads/trace";
import { messageOf } from "../exit.ts";
import type { Speed } from "../options.ts";
import { createFingerprint } from "../report/fingerprint.ts";
import { type RunReport, reportOf } from "../report/report.ts";
import { createTally } from "../report/tally.ts";
import type { Terminal } from "../terminal.ts";
import { BEGINNING, createControlPlane } from "./control-plane.ts";
import { play } from "./pace.ts";

const MINUTE = 60;
/** Of each target: the loop itself never looks further back than the tick before. */
const RECORDS_KEPT = 16;

export type Simulation = {
  fleet: Fleet;
  seed: number;
  traces: ReadonlyMap<string, Trace>;
  speed: Speed;
  /** Seconds of virtual time. */
  seconds: number;
};

/** A run in numbers, in sentences what whoever reads them should know, and how many of its ticks failed. */
export type Simulated = { report: RunReport; notices: string[]; failed: number };

/**
 * Runs the control loop over a new simulated account for some virtual time, or until it is stopped. Nothing is written
 * to disk.
 */
export async function simulate(
  { fleet, seed, traces, speed, seconds }: Simulation,
  terminal: Terminal,
): Promise<Simulated> {
  const [tally, fingerprint, begun] = [createTally(), createFingerprint(), performance.now()];
  let hasFailed = false;
  const plane = createControlPlane({
    ...{ fleet, seed, traces, stores: memoryStores({ keep: RECORDS_KEPT }) },
    onTick(records) {
      for (const record of records) {
        tally.add(record);
        fingerprint.add(record);
      }
    },
    onError(error) {
      if (!hasFailed) terminal.say(messageOf(error)); // a cause that lasts would say the same each minute
      hasFailed = true;
    },
  });
  const stop = terminal.untilStopped();
  terminal.say(
    `Simulates ${time(seconds)} of ${fleet.name} from ${instant(BEGINNING)}, seed ${seed}. Ctrl-C ends it early.`,
  );
  const progress = terminal.progress(Math.ceil(seconds / MINUTE), "virtual minutes");
  const { account, clock, meter } = plane.twin;
  const onStep = (now: number) => progress.update(Math.floor((now - BEGINNING) / MINUTE));
  await play(plane, { speed, until: BEGINNING + seconds, stop, onStep });
  progress.end();
  const deliveries = plane.deliveries();
  const report = reportOf({
    ...{ fleet, deliveries, seconds: clock.now() - BEGINNING, wallSeconds: (performance.now() - begun) / 1000 },
    ...{ observed: account.observed(), tallyOf: tally.of, used: meter.used(), fingerprint: fingerprint.hex() },
  });
  return { report, notices: account.notices(), failed: deliveries.failed };
}
