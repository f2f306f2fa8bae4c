import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Usage } from "@headroom/twin/meter";
import type { Observation } from "@headroom/twin/workloads/observation";
import type { Deliveries } from "../local/control-plane.ts";
import type { Tally } from "./tally.ts";

/** What a run did to one target. */
export type TargetReport = Tally & {
  id: string;
  kind: string;
  /** Fewest and most units that were ready. */
  minCapacity: number;
  maxCapacity: number;
  unitHours: number;
  sloMinutesViolated: number;
};

/** What `headroom dev --for` prints with `--json`. */
export type RunReport = {
  virtualHours: number;
  wallSeconds: number;
  targets: TargetReport[];
  events: Omit<Deliveries, "failed">;
  billable: Usage;
  /** The same for the same seed, configuration and time; nothing of it comes from the wall clock. */
  fingerprint: string;
};

export type Ran = {
  fleet: Fleet;
  /** Of virtual time. */
  seconds: number;
  wallSeconds: number;
  observed: ReadonlyMap<string, Observation>;
  tallyOf: (target: string) => Tally;
  deliveries: Deliveries;
  used: Usage;
  fingerprint: string;
};

const HOUR = 3600;

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function targetReport(id: string, kind: string, tally: Tally, seen: Observation | undefined): TargetReport {
  const { ticks, scaled, held, reasons } = tally;
  const byCount = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return {
    ...{ id, kind, ticks, scaled, held },
    minCapacity: seen?.ready.min ?? 0,
    maxCapacity: seen?.ready.max ?? 0,
    unitHours: rounded((seen?.unitSeconds ?? 0) / HOUR),
    sloMinutesViolated: seen?.violated ?? 0,
    reasons: Object.fromEntries(byCount),
  };
}

/** A run in numbers. */
export function reportOf(ran: Ran): RunReport {
  const { delivered, duplicated, rejected } = ran.deliveries;
  return {
    virtualHours: rounded(ran.seconds / HOUR),
    wallSeconds: rounded(ran.wallSeconds),
    targets: Object.entries(ran.fleet.targets).map(([id, { resource }]) =>
      targetReport(id, resource.kind, ran.tallyOf(id), ran.observed.get(id)),
    ),
    events: { delivered, duplicated, rejected },
    billable: ran.used,
    fingerprint: ran.fingerprint,
  };
}
