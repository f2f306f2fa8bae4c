import { stream } from "@headroom/twin/random";
import { createChaosAccount, type Troubles } from "./account.ts";
import { createDeliveries } from "./deliveries.ts";
import { wrongs } from "./invariants.ts";
import { causeMischief, writeForeign } from "./mischief.ts";

const MINUTE = 60;
/** 2026-01-01T12:00:00Z */
const NOON = 1_767_268_800;
export const HOURS = 2;
/** The last minutes, in which nothing goes wrong any more: by their end everything is made up for. */
const CALM_MINUTES = 8;

/** How a run went, and all that was wrong with it. */
export type Run = {
  seed: number;
  wrong: string[];
  invocations: number;
  deaths: number;
  changes: number;
  foreign: number;
  claims: number;
  records: number;
  story(): string[];
};

function lateness(random: ReturnType<typeof stream>): number {
  if (random.chance(0.02)) return random.uniform(91, 150);
  return random.chance(0.06) ? random.uniform(6, 85) : random.uniform(0.2, 4);
}

/** Two virtual hours of the fleet in an account where everything goes wrong that can. The same seed gives the same run. */
export async function chaosRun(seed: number): Promise<Run> {
  const end = NOON + HOURS * 3600;
  const calm = end - CALM_MINUTES * MINUTE;
  const slow = stream(seed, "hangs");
  let now = NOON;
  const troubles: Troubles = {
    hang: () => (now < calm && slow.chance(0.004) ? slow.uniform(5, 45) : 0),
    claimed(target) {
      if (now < calm && slow.chance(0.05)) writeForeign(chaos, slow, target);
    },
  };
  const chaos = createChaosAccount(seed, NOON, troubles);
  const deliveries = createDeliveries(chaos, stream(seed, "deliveries"));
  const random = stream(seed, "schedule");
  for (let at = NOON; at < end; at += MINUTE) {
    const twice = random.chance(0.1);
    const again = random.chance(0.5) ? 0 : random.uniform(0, 60);
    const late = lateness(random);
    deliveries.schedule(at, at < calm ? late : 1, twice && at < calm ? again : undefined);
    chaos.clock.at(at, () => {
      now = at;
      if (at === calm) chaos.faults.clear();
    });
  }
  const story = causeMischief(chaos, deliveries, { seed, from: NOON, until: calm });
  await chaos.clock.advanceTo(end + 300);
  const { ledger } = chaos;
  const wrong = await wrongs({ chaos, events: deliveries.events, end });
  const ours = ledger.entries.filter(({ by }) => by === "headroom");
  return {
    ...{ seed, wrong, invocations: deliveries.counts.invocations, deaths: deliveries.counts.crashed },
    ...{ changes: ours.length, foreign: ledger.entries.length - ours.length, claims: ledger.claims.length },
    records: [...chaos.kept.values()].reduce((sum, records) => sum + records.size, 0),
    story: () => storyOf(story, chaos),
  };
}

function storyOf(
  mischief: { at: number; what: string }[],
  { ledger }: ReturnType<typeof createChaosAccount>,
): string[] {
  const lines = [
    ...mischief,
    ...ledger.entries.map(({ at, target, sets, from, to, by, claim }) => ({
      at,
      what: `${target}: ${by} set ${sets} ${from} -> ${to}${claim ? ` under the claim of ${claim.at}` : ""}`,
    })),
    ...ledger.claims.map(({ target, claim, settled }) => ({
      at: claim.until - 30,
      what: `${target}: claimed at ${claim.at}, settled ${settled ?? "never"}`,
    })),
  ];
  const sorted = lines.sort((a, b) => a.at - b.at);
  return sorted.map(({ at, what }) => `${new Date(at * 1000).toISOString().slice(11, 23)} ${what}`);
}
