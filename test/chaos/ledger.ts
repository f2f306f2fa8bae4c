import type { Action } from "@headroom/decisions/model";
import type { Addressed, Claim, Clock, Stores } from "@headroom/loops/world";

/** One effect in the account: who set what of a target, and under which claim. */
export type Entry = {
  at: number;
  target: string;
  sets: Claim["sets"];
  from: number;
  to: number;
  by: "headroom" | "foreign";
  claim: Claim | undefined;
};

/** A claim from its making to its end. */
export type Claimed = { target: string; claim: Claim; settled: number | null; passes: number };

/** What a run must not do, where it was seen doing it. */
export type Violation = { at: number; what: string };

/** For so long a write may go unnoticed, when looks fail. */
const UNNOTICED_SECONDS = 900;

/**
 * What really happened, seen from behind the wire: every effect on the account and every write that a store took. It
 * cannot be fooled by a lost answer or a death.
 */
export function createLedger(clock: Clock, initial: ReadonlyMap<string, { capacity: number; minimum: number }>) {
  const state = new Map([...initial].map(([id, values]) => [id, { ...values }]));
  const entries: Entry[] = [];
  const claims: Claimed[] = [];
  const violations: Violation[] = [];
  const open = new Map<string, Claimed>();
  const violate = (what: string) => violations.push({ at: clock.now(), what });

  type Call = { to: number; started: number };

  function note(target: string, sets: Claim["sets"], { to, started }: Call, by: Entry["by"]): void {
    const values = state.get(target);
    if (values === undefined) return;
    const claim = by === "headroom" ? open.get(target)?.claim : undefined;
    const from = values[sets];
    if (by === "headroom") check(target, { sets, from, to, claim }, started);
    values[sets] = to;
    if (sets === "minimum") values.capacity = Math.max(values.capacity, to);
    if (from !== to) entries.push({ at: clock.now(), target, sets, from, to, by, claim });
  }

  function check(
    target: string,
    { sets, from, to, claim }: Pick<Entry, "sets" | "from" | "to" | "claim">,
    started: number,
  ): void {
    const what = `${target}: ${sets} ${from} -> ${to}`;
    if (claim === undefined) return void violate(`${what} without a claim`);
    if (claim.to !== to || claim.sets !== sets) violate(`${what} under a claim for ${claim.sets} ${claim.to}`);
    if (started >= claim.until) violate(`${what} in a call that started after its claim had ended`);
    if (from === to) return;
    if (claim.from !== from) violate(`${what} overwrote what was not looked at: the claim says from ${claim.from}`);
    const before = entries.filter((entry) => entry.claim === claim);
    if (before.length > 0) violate(`${what}: the same claim a second time`);
  }

  /** A pass of the shard that has these targets came to its end: their dead claims should be resolved by now. */
  function passed(targets: readonly string[], began: number): void {
    for (const target of targets) {
      const claimed = open.get(target);
      if (claimed === undefined || claimed.claim.until > began) continue;
      claimed.passes += 1;
      if (claimed.passes >= 2) violate(`${target}: the claim of ${claimed.claim.at} outlived two passes`);
    }
  }

  const noticed = new Set<string>();

  /** What is remembered as somebody else's doing, somebody else did: nothing of ours is among it. */
  function recall(target: string, actions: readonly Action[]): void {
    for (const { at, from, to, by } of actions) {
      if (by !== "foreign" || noticed.has(`${target}@${at}`)) continue;
      noticed.add(`${target}@${at}`);
      const theirs = entries.some(
        (entry) =>
          entry.target === target && entry.by === "foreign" && entry.to === to && entry.at > at - UNNOTICED_SECONDS,
      );
      if (!theirs) violate(`${target}: ${from} -> ${to} is remembered as foreign at ${at}, and nobody else set it`);
    }
  }

  /** The stores, with every write noted that they took. */
  function watched({ targets, shards, records, leases, forecasts }: Stores): Stores {
    return {
      records,
      leases,
      forecasts,
      targets: {
        load: targets.load,
        async claim(target, claim) {
          await targets.claim(target, claim);
          const claimed = { target, claim: { ...claim }, settled: null, passes: 0 };
          claims.push(claimed);
          open.set(target, claimed);
        },
        async settle(target, at, actions) {
          await targets.settle(target, at, actions);
          const claimed = open.get(target);
          if (claimed !== undefined) claimed.settled = clock.now();
          open.delete(target);
        },
      },
      shards: {
        load: shards.load,
        async save(shard, memory) {
          await shards.save(shard, memory);
          for (const [target, { actions }] of Object.entries(memory.targets)) recall(target, actions);
          const seen = Object.entries(memory.targets).filter(([, { ring }]) => ring.at(-1)?.at === memory.at);
          passed(
            seen.map(([id]) => id),
            memory.at,
          );
        },
      },
    };
  }

  return {
    entries,
    claims,
    violations,
    violate,
    open,
    watched,
    /** What is set now, as far as the ledger knows. */
    now: (target: string) => state.get(target),
    ours: ({ id }: Addressed, sets: Claim["sets"], call: Call) => note(id, sets, call, "headroom"),
    theirs: (target: string, to: number) => note(target, "capacity", { to, started: clock.now() }, "foreign"),
  };
}

export type Ledger = ReturnType<typeof createLedger>;
