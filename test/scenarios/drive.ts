import { attentionFor, toldAfter } from "@headroom/decisions/attention";
import { foreignWrite } from "@headroom/decisions/capacity";
import type { TargetSettings } from "@headroom/decisions/config/settings";
import { decide } from "@headroom/decisions/decide";
import { recentActions, remember } from "@headroom/decisions/memory";
import {
  type Action,
  type DecideInput,
  type Lease,
  type Memory,
  nothingRemembered,
  type SignalAnswer,
  type TickRecord,
} from "@headroom/decisions/model";
import type { StoredRecord } from "@headroom/decisions/record";
import { troublesAfter } from "@headroom/decisions/troubles";
import { keyOf, MINUTE, NOON, series } from "../builders/decisions.ts";

// One target, ticked by hand: a clock that stands still between ticks, units that take their time to start, and what
// the loop does around `decide`: it notices foreign writes, carries decisions out a moment later and remembers.

/** Seconds from when a tick is due until its change has been made. */
const ACTS_AFTER = 2;

/** What a tick sees. Metrics (by their name in the builders) are of the last whole minute; null has no datapoints. */
export type Seen = {
  metrics?: Record<string, number | null>;
  /** Whole answers, by key. */
  answers?: Record<string, SignalAnswer>;
  queue?: { visible?: number; inFlight?: number; delayed?: number };
  leases?: Lease[];
  facts?: DecideInput["facts"];
  outlooks?: DecideInput["outlooks"];
  deploying?: boolean;
  busy?: number;
  /** The capacity cannot be read. */
  capacityFails?: boolean;
};

type Start = { desired?: number; at?: number; tick?: number; startUp?: number; memory?: Memory };

type Unit = { since: number };

/** The answers for a look at `at`. */
function answersOf({ metrics = {}, answers = {}, queue }: Seen, at: number): Record<string, SignalAnswer> {
  const minute = Math.floor(at / MINUTE) * MINUTE - MINUTE;
  const found = Object.entries(metrics).map(([name, value]) => [
    keyOf(name),
    series(value === null ? [] : [[minute, value]]),
  ]);
  const attributes: SignalAnswer = { is: "queue", at, visible: 0, inFlight: 0, delayed: 0, ...queue };
  return { ...Object.fromEntries(found), ...(queue === undefined ? {} : { "queue jobs": attributes }), ...answers };
}

/** A target `web` at noon. */
export function drive(settings: TargetSettings, start: Start = {}) {
  const { desired: first = 10, tick: every = MINUTE, startUp = 0 } = start;
  let { at = NOON, memory = nothingRemembered } = start;
  let units: Unit[] = Array.from({ length: first }, () => ({ since: at - startUp }));
  let desired = first;

  /** The newest go first, those that are starting before those that serve. */
  function set(to: number, since: number): void {
    units = units.slice(0, to);
    while (units.length < to) units.push({ since });
    desired = to;
  }

  function look(seen: Seen): DecideInput {
    const ready = units.filter(({ since }) => at - since >= startUp).length;
    const there = { is: "capacity" as const, at, desired, running: units.length, ready };
    const more = {
      ...(seen.deploying === undefined ? {} : { deploying: seen.deploying }),
      ...(seen.busy === undefined ? {} : { protected: seen.busy }),
    };
    const capacity = seen.capacityFails ? { is: "failed" as const, why: "Throttled" } : { ...there, ...more };
    const foreign = seen.capacityFails ? undefined : foreignWrite(memory, desired, at);
    const actions = foreign === undefined ? memory.actions : [...memory.actions, foreign];
    return {
      ...{ target: "web", at, now: at, tick: every, settings, capacity, named: [] },
      answers: answersOf(seen, at),
      memory: { ...memory, actions: recentActions(actions, settings, at) },
      leases: seen.leases ?? [],
      facts: seen.facts ?? {},
      outlooks: seen.outlooks ?? {},
    };
  }

  function perform(record: TickRecord): void {
    const stored = storedOf(record);
    memory = { ...remember(record), told: toldAfter(stored), troubles: troublesAfter(stored) };
    const { decision } = record;
    if (decision.is === "hold") return;
    const made = at + ACTS_AFTER;
    const action: Action = { at: made, decidedAt: at, from: decision.from, to: decision.to, by: "headroom" };
    memory = { ...memory, actions: [...memory.actions, action] };
    set(decision.to, made);
  }

  return {
    /** What is set now. */
    get desired() {
      return desired;
    },
    get at() {
      return at;
    },
    get memory() {
      return memory;
    },
    /** One tick: looks, decides, acts, remembers; then it is time for the next one. */
    tick(seen: Seen = {}): TickRecord {
      const record = decide(look(seen));
      perform(record);
      at += every;
      return record;
    },
    /** So many ticks that see the same, and what was set after each. */
    ticks(count: number, seen: Seen = {}): number[] {
      return Array.from({ length: count }, () => {
        this.tick(seen);
        return desired;
      });
    },
    /** Somebody else sets the capacity. */
    foreign(to: number): void {
      set(to, at);
    },
    /** Nobody looks for so long. */
    skip(seconds: number): void {
      at += seconds;
    },
    /** Another process goes on with what was kept of this one. */
    restart(kept: Memory): void {
      memory = kept;
    },
  };
}

/** The codes of a record's reasons, in their order. */
export function codes({ decision }: TickRecord): string[] {
  return decision.reasons.map(({ code }) => code);
}

/** A record as it is kept: what is decided here is done without fail. */
function storedOf(record: TickRecord): StoredRecord {
  return { ...record, outcome: record.decision.is === "scale" ? { is: "done", at: record.input.at } : { is: "none" } };
}

/** What a person is told after a record. */
export function told(record: TickRecord): string[] {
  return attentionFor(storedOf(record)).map(({ kind }) => kind);
}
