import { expect } from "vitest";
import type { Accounts, Check } from "./world/account.ts";
import { capacitiesContract } from "./world/capacities.ts";
import { metricMathContract } from "./world/metric-math.ts";
import { metricsContract } from "./world/metrics.ts";
import { minimumsContract } from "./world/minimums.ts";
import { outgoingContract } from "./world/outgoing.ts";
import { queueSignalsContract } from "./world/queue-signals.ts";
import { rivalsContract } from "./world/rivals.ts";
import { kinds } from "./world/traits.ts";

/** A check whose cases carry the name of their port or kind. */
function within(prefix: string, check: Check): Check {
  return (name, body) => check(`${prefix}: ${name}`, body);
}

/**
 * What every World must do, whatever is behind it. Stores have a contract of their own.
 * @param accounts the implementation, asked for within a case
 * @param check registers a case
 */
export function worldContract(accounts: () => Accounts, check: Check): void {
  let used = 0;
  const fresh = (name: string) => `${name}-${++used}`;
  const subject = (prefix: string) => ({ accounts, check: within(prefix, check) });

  for (const traits of kinds) {
    capacitiesContract(subject(traits.kind), traits);
    minimumsContract(subject(traits.kind), traits);
    rivalsContract(subject(traits.kind), traits);
  }
  const { check: all } = subject("capacities");
  all("nothing is asked for nothing", async () => {
    const { world } = await accounts().given({});
    expect(await world.capacities.read([])).toEqual(new Map());
  });
  all("kinds are read together", async () => {
    const targets = kinds.map(({ kind }, index) => ({ kind, units: 2 + index, min: 2, max: 10 }));
    const account = await accounts().given({ targets });
    const answers = await account.world.capacities.read(account.targets);
    const desired = account.targets.map(({ id }) => answers.get(id));
    expect(desired).toMatchObject(targets.map(({ units }) => ({ is: "capacity", desired: units })));
  });
  metricsContract(subject("metrics"), fresh);
  metricMathContract(subject("metric math"), fresh);
  queueSignalsContract(subject("queue attributes"), fresh);
  outgoingContract(subject("outgoing"));
  subject("clock").check("it never goes back, and counts seconds since 1970", async () => {
    const { world, minute } = await accounts().given({});
    const [first, second] = [world.clock.now(), world.clock.now()];
    expect(second).toBeGreaterThanOrEqual(first);
    expect(first).toBeGreaterThanOrEqual(minute);
    expect(first).toBeGreaterThan(1_700_000_000);
    expect(first).toBeLessThan(10_000_000_000);
  });
}
