import { alarmName } from "@headroom/decisions/alarms";
import { Invalid, Throttled } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import type { How, Port } from "@headroom/twin/faults";
import { type Random, stream } from "@headroom/twin/random";
import { about } from "../builders/alarms.ts";
import type { ChaosAccount } from "./account.ts";
import type { Deliveries } from "./deliveries.ts";
import { chaosFleet } from "./fleet.ts";

const PORTS: readonly Port[] = [
  ...(["capacities.read", "capacities.set", "capacities.setMinimum", "signals.read", "targets.load"] as const),
  ...(["targets.claim", "targets.settle", "shards.load", "shards.save", "records.append", "records.list"] as const),
  ...(["leases.list", "queues.sendShards", "queues.bury", "publish"] as const),
];
const HOWS: readonly How[] = ["throttled", "denied", "unanswered", "answers"];
const TARGETS = Object.entries(chaosFleet.targets);

function pick<Each>(random: Random, from: readonly Each[]): Each {
  const found = from[Math.floor(random.uniform(0, from.length))];
  if (found === undefined) throw new RangeError("nothing to pick from");
  return found;
}

/** Instants at random, so many on average. */
function times(random: Random, span: readonly [number, number], mean: number): number[] {
  return Array.from({ length: random.poisson(mean) }, () => random.uniform(...span)).sort((a, b) => a - b);
}

function leaseAt(random: Random, now: number): Lease {
  const [id] = pick(random, TARGETS);
  const target = random.chance(0.2) ? "*" : id;
  const granted = { target, owner: "ada", reason: "chaos", until: now + random.uniform(60, 1800) };
  if (random.chance(0.4)) return { kind: "pause", direction: pick(random, ["in", "out", "both"] as const), ...granted };
  if (random.chance(0.5)) return { kind: "pin", capacity: Math.floor(random.uniform(1, 12)), ...granted };
  const min = Math.floor(random.uniform(1, 6));
  return { kind: "limit", min, max: min + Math.floor(random.uniform(0, 10)), ...granted };
}

/** Somebody sets a capacity, as far as AWS lets them. */
export function writeForeign({ account, ledger }: ChaosAccount, random: Random, id = pick(random, TARGETS)[0]): void {
  const target = chaosFleet.targets[id];
  if (target === undefined || target.mode === "floor") return;
  const { resource, min, max } = target;
  // Often what Headroom itself may be about to set: the hardest to tell apart.
  const now = ledger.now(id)?.capacity ?? min;
  const near = random.chance(0.4) ? now + Math.floor(random.uniform(-2, 3)) : Math.floor(random.uniform(min, max));
  const to = Math.max(min, Math.min(max, near));
  try {
    account.capacities.set({ id, resource }, to);
    ledger.theirs(id, to);
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Throttled)) throw error;
  }
}

/** What was put into a run, by name, for its story. */
export type Mischief = { at: number; what: string }[];

/** Everything that goes wrong in a run: the same for the same seed. Nothing of it happens after `until`. */
export function causeMischief(
  chaos: ChaosAccount,
  deliveries: Deliveries,
  { seed, from, until }: { seed: number; from: number; until: number },
): Mischief {
  const story: Mischief = [];
  const { faults, clock, raw } = chaos;
  const of = (name: string, mean: number, cause: (random: Random, at: number) => string | undefined) => {
    const random = stream(seed, name);
    for (const at of times(random, [from, until], mean)) {
      clock.at(at, () => {
        const what = cause(random, clock.now());
        if (what !== undefined) story.push({ at: clock.now(), what });
      });
    }
  };

  of("deaths", 25, (random) => {
    const [call, when] = [1 + Math.floor(random.uniform(0, 30)), random.chance(0.5) ? "before" : "after"] as const;
    void faults.crashAt(call, when);
    return `death ${when} the ${call}th call from now`;
  });
  of("faults", 30, (random, now) => {
    const [port, how, count] = [pick(random, PORTS), pick(random, HOWS), 1 + Math.floor(random.uniform(0, 3))];
    faults.fail(port, how, { from: now, until: now + 300, times: count });
    return `${port} ${how}, ${count} times`;
  });
  of("outages", 2, (random, now) => {
    const [port, how] = [pick(random, PORTS), pick(random, HOWS)];
    const lasts = random.uniform(30, 200);
    faults.fail(port, how, { from: now, until: Math.min(until, now + lasts) });
    return `${port} ${how} for ${Math.round(lasts)} s`;
  });
  of("missing metrics", 2, (random, now) => {
    const lasts = random.uniform(120, 900);
    faults.loseMetrics({ from: now, until: now + lasts });
    return `no metrics for ${Math.round(lasts)} s`;
  });
  of("foreign writes", 20, (random) => {
    writeForeign(chaos, random);
    return undefined; // the ledger has it
  });
  of("leases", 6, (random, now) => {
    const lease = leaseAt(random, now);
    void raw.leases.put(lease);
    return `lease: ${lease.kind} ${lease.target}`;
  });
  of("leases taken back", 3, (_, now) => {
    void raw.leases.list(now).then(([lease]) => lease && raw.leases.remove(lease.target, lease.kind));
    return "the first lease taken back";
  });
  of("alarms", 30, (random, now) => {
    const [id] = pick(random, TARGETS);
    const named = random.chance(0.7) ? [Math.floor(now / 60) * 60 - 120] : [];
    const count = 1 + Math.floor(random.uniform(0, 3));
    const name = random.chance(0.9) ? alarmName({ stage: "twin", fleet: chaosFleet.name }, id) : "somebody else's";
    // Just when the minute's pass comes, every other time.
    const at = random.chance(0.5) ? Math.ceil(now / 60) * 60 + random.uniform(0, 3) : now;
    deliveries.alarm(
      at,
      Array.from({ length: count }, () => about(name, named)),
    );
    if (random.chance(0.2)) deliveries.alarm(at + 1, [about(name, named)]);
    return `alarm of ${id}`;
  });
  return story;
}
