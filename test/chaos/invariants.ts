import { isDeepStrictEqual } from "node:util";
import { decide } from "@headroom/decisions/decide";
import { boundsOf } from "@headroom/decisions/limits/bounds";
import type { StoredRecord } from "@headroom/loops/world";
import { events as schemas } from "#events/registry";
import type { ChaosAccount } from "./account.ts";
import type { Event } from "./deliveries.ts";
import { chaosFleet } from "./fleet.ts";
import type { Claimed, Entry } from "./ledger.ts";

// What must hold of a run, whatever happened in it. Each gives what is wrong, in words.

type Ended = { chaos: ChaosAccount; events: readonly Event[]; end: number };

function recordOf({ kept }: ChaosAccount, target: string, at: number): StoredRecord | undefined {
  return kept.get(target)?.get(at);
}

function nameOf({ target, claim }: Claimed): string {
  return `${target}: the claim of ${claim.at} for ${claim.sets} ${claim.from} -> ${claim.to}`;
}

/** Whether somebody else, or AWS itself, wrote the target while the claim was open: then nobody can tell for sure. */
function disturbed({ ledger }: ChaosAccount, { target, claim, settled }: Claimed): boolean {
  if (claim.sets === "minimum") return false;
  const until = settled ?? Number.POSITIVE_INFINITY;
  return ledger.entries.some(
    (entry) => entry.target === target && entry.by === "foreign" && entry.at >= claim.at - 90 && entry.at <= until,
  );
}

function changeOf({ ledger }: ChaosAccount, { claim }: Claimed): Entry | undefined {
  return ledger.entries.find((entry) => entry.claim === claim);
}

/** Every claim is resolved in the end, and its record says what really became of it. */
function claims({ chaos }: Ended): string[] {
  return chaos.ledger.claims.flatMap((claimed) => {
    const name = nameOf(claimed);
    if (claimed.settled === null) return [`${name} was never resolved`];
    const { target, claim } = claimed;
    if (claim.from === claim.to) return []; // a minimum that was kept up
    const change = changeOf(chaos, claimed);
    const record = recordOf(chaos, target, claim.at);
    if (record === undefined) return change === undefined ? [] : [`${name} was done and has no record`];
    // Another delivery of the same tick, which found nothing to do: the one that claimed died before it said a word.
    if (record.decision.is === "hold" && change === undefined) return [];
    const { is } = record.outcome;
    if (is !== "done" && is !== "notDone") return [`${name} is recorded as ${is}`];
    if ((is === "done") !== (change !== undefined) && !disturbed(chaos, claimed)) {
      return [`${name} is recorded as ${is}, and was ${change === undefined ? "not done" : "done"}`];
    }
    return [];
  });
}

/** What is told of changes is what is recorded of them: each at least once, and nothing else. */
function announcements({ chaos }: Ended): string[] {
  const told = new Set(
    chaos.published.filter(({ type }) => type === "headroom.capacity.changed").map(({ metadata }) => metadata.id),
  );
  const done = [...chaos.kept].flatMap(([target, records]) =>
    [...records.values()]
      .filter(({ decision, outcome }) => decision.is === "scale" && outcome.is === "done")
      .map(({ input }) => `${target}@${input.at}`),
  );
  const untold = done.filter((id) => !told.has(id)).map((id) => `${id} was done and never told`);
  const known = new Set(done);
  const disturbances = new Set(
    chaos.ledger.claims.filter((each) => disturbed(chaos, each)).map(({ target, claim }) => `${target}@${claim.at}`),
  );
  const untrue = [...told].filter((id) => !known.has(id) && !disturbances.has(id));
  return [...untold, ...untrue.map((id) => `${id} was told and is not recorded as done`)];
}

/** The rows remember our changes of the last half hour, each once. */
async function actions({ chaos, end }: Ended): Promise<string[]> {
  const rows = await chaos.raw.targets.load(Object.keys(chaosFleet.targets));
  return [...rows].flatMap(([target, row]) => {
    const records = [...(chaos.kept.get(target)?.values() ?? [])].filter(
      ({ outcome, input }) => outcome.is === "done" && input.at > end - 1800,
    );
    return records.flatMap(({ decision, input }) => {
      if (decision.is !== "scale") return [];
      const found = row.actions.filter(
        ({ at, from, to }) =>
          from === decision.from && to === decision.to && at >= input.at - 1 && at <= input.at + 120,
      );
      return found.length >= 1
        ? []
        : [`${target}@${input.at}: the row does not remember ${decision.from} -> ${decision.to}`];
    });
  });
}

/** No capacity of ours is outside of the bounds in force; what is above them may come down by steps. */
function bounds({ chaos }: Ended): string[] {
  return chaos.ledger.entries.flatMap(({ target, claim, from, to }) => {
    if (claim === undefined) return [];
    const record = recordOf(chaos, target, claim.at);
    if (record === undefined) return [`${target}: ${from} -> ${to} has no record`];
    const { settings, at, now, leases } = record.input;
    const live = leases.filter(({ until }) => until > now);
    const open = [...live.filter((lease) => lease.target !== "*"), ...live.filter((lease) => lease.target === "*")];
    const { min, max } = boundsOf({ settings, leases: open, at });
    return to < min || (to > max && to > from)
      ? [`${target}@${at}: ${from} -> ${to} is outside of ${min} to ${max}`]
      : [];
  });
}

const OPERATORS = ["pin", "bounds", "foreign-restore"];

/** Nothing was lowered while no signal could be used, but for operators and what somebody else had raised. */
function blindness({ chaos }: Ended): string[] {
  return chaos.ledger.entries.flatMap(({ target, claim, from, to }) => {
    const record = claim === undefined ? undefined : recordOf(chaos, target, claim.at);
    if (record === undefined || to >= from) return [];
    const saw = record.proposals.some(({ is }) => is === "proposes");
    const told = record.limits.some(({ limit }) => OPERATORS.includes(limit));
    const restored = record.decision.reasons.some(({ code }) => code === "restoring");
    return saw || told || restored
      ? []
      : [
          `${target}@${record.input.at}: ${from} -> ${to} while nothing could be seen: ${record.decision.reasons.map(({ code }) => code)}`,
        ];
  });
}

function replays({ chaos }: Ended): string[] {
  return [...chaos.kept].flatMap(([target, records]) =>
    [...records].flatMap(([at, { outcome, ...record }]) =>
      isDeepStrictEqual(decide(record.input), record) ? [] : [`${target}@${at} does not replay`],
    ),
  );
}

function accounting({ events, chaos }: Ended): string[] {
  const lost = events.filter(({ fate }) => fate === "underway");
  const silent = chaos.buried.filter(({ cause }) => cause === "");
  return [
    ...lost.map(({ kind, at }) => `the ${kind} event for ${at} is neither worked off nor a dead letter`),
    ...silent.map(({ type }) => `a dead letter of ${type} has no cause`),
  ];
}

function wellFormed({ chaos }: Ended): string[] {
  return chaos.published.flatMap(({ type, metadata, data }) => {
    const schema = schemas.find((event) => event.type === type)?.schema;
    const parsed = schema?.safeParse({ metadata, data });
    return parsed?.success ? [] : [`an event of type ${type} is not as its schema says: ${parsed?.error?.message}`];
  });
}

/** Everything that is wrong with a run that has ended. */
export async function wrongs(ended: Ended): Promise<string[]> {
  const sync = [claims, announcements, bounds, blindness, replays, accounting, wellFormed];
  return [
    ...ended.chaos.ledger.violations.map(({ at, what }) => `at ${at}: ${what}`),
    ...sync.flatMap((rule) => rule(ended)),
    ...(await actions(ended)),
  ];
}
