import { cloudwatchSignal, signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import {
  type Action,
  decideInput,
  type Lease,
  type Memory,
  type Moment,
  type Standing,
} from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import type { StoredRecord } from "@headroom/loops/world";

// What stores are tested with: the same numbers in every run.

/** Numbers in [0, 1), the same ones for the same seed. */
export function numbers(seed: number): () => number {
  let state = (seed * 48_271 + 1) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Text that compresses badly: about six bits a character. */
export function noise(length: number, seed: number): string {
  const next = numbers(seed);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join("");
}

/** What an hour of ticks leaves in a ring: capacity follows a wandering proposal, units now and then start. */
export function hourOfMoments(seed: number, end: number): Moment[] {
  const next = numbers(seed);
  let desired = 10 + Math.floor(next() * 40);
  return Array.from({ length: 60 }, (_, index) => {
    const proposal = Math.max(0, desired + Math.round(next() * 4 - 2));
    if (next() < 0.1) desired = proposal;
    const ready = next() < 0.2 ? Math.max(0, desired - 1) : desired;
    return { at: end - (60 - index) * 60, proposal: next() < 0.02 ? null : proposal, desired, running: desired, ready };
  });
}

function standingOf(at: number): Standing {
  const tally = { seconds: 1200.5, covered: 1100, exceeded: 0, error: 3.25, naiveError: 5, load: 90 };
  return {
    is: "probation",
    why: "it missed",
    of: "load",
    since: at - 600,
    at: at - 300,
    level: 0.9,
    hour: tally,
    day: tally,
  };
}

export function memoryOf(seed: number, end: number): Memory {
  return {
    ring: hourOfMoments(seed, end),
    actions: seed % 5 === 0 ? [{ at: end - 600, from: 3, to: 4, by: "foreign" }] : [],
    drainBy: seed % 7 === 0 ? { "orders-queue": end + 90.5 } : {},
    boosts: seed % 4 === 0 ? { "objective 1": [{ at: end - 300.5, burn: 14.25, base: 4, made: seed % 3 === 0 }] } : {},
    interlocks: seed % 6 === 0 ? { deployment: end - 120, "fleet-brake": end } : {},
    trustedAt: seed % 9 === 0 ? null : end - 60,
    blockedSince: seed % 8 === 0 ? end - 4000.5 : null,
    raisedMax: seed % 13 === 0 ? { max: 60, until: end + 90.5 } : null,
    usage: seed % 2 === 0 ? [{ from: end - 3600, unitSeconds: 36_000.5 }] : [],
    waitingSince: seed % 11 === 0 ? end - 60 : null,
    standings: seed % 5 === 1 ? { predictive: standingOf(end) } : {},
    told: seed % 10 === 0 ? { "at-maximum": end - 600 } : {},
    troubles: seed % 10 === 0 ? { "change-not-made": end - 600 } : {},
    recorded: seed % 3 === 0 ? null : { at: end - 120, code: "withinTolerance" },
  };
}

/** Leases of every kind. */
export function leasesOf(at: number): Lease[] {
  return [
    { kind: "limit", target: "service-1", max: 20, owner: "ada", reason: "the sale", until: at + 3600 },
    { kind: "pause", target: "*", direction: "in", owner: "bob", reason: "migration", until: at + 60.5 },
    { kind: "pin", target: "service-2", capacity: 0, owner: "cem", reason: "closed", until: at + 5 },
  ];
}

export function actionsUntil(at: number, count: number): Action[] {
  return Array.from({ length: count }, (_, index) => {
    return { at: at - (count - index) * 60, from: index, to: index + 1, by: "headroom" };
  });
}

const requests = parse(
  cloudwatchSignal,
  { source: "cloudwatch", namespace: "App", metric: "Requests", statistic: "Sum" },
  "The sample",
);

const settings = {
  resource: { kind: "ecs-service", cluster: "main", service: "checkout" },
  mode: "control",
  min: 2,
  max: 40,
  warmUp: "90s",
  policies: [
    {
      kind: "target-tracking",
      of: "total",
      target: 100,
      signals: [{ source: "cloudwatch", namespace: "App", metric: "Requests", statistic: "Sum" }],
    },
  ],
  rate: { out: { allow: [{ percent: 50, per: "1.5m" }] } },
};

/** A record as `decide` makes it, of one that scales or holds. `seed` changes what it says. */
export function recordOf(target: string, at: number, seed = 0): StoredRecord {
  const input = {
    ...{ target, at, now: at + 2, tick: 60, settings },
    capacity: { is: "capacity", at, desired: 5 + (seed % 20), running: 5, ready: 4 },
    answers: {
      [signalKey(requests)]: {
        is: "series",
        period: 60,
        points: [
          { at: at - 180, value: 700 + seed, units: 5 },
          { at: at - 120, value: "NaN" },
          { at: at - 60, value: 1200 + seed },
        ],
      },
    },
    memory: memoryOf(seed, at),
    leases: [
      { kind: "limit", target, max: 20, owner: "ada", reason: "the sale", until: at + 3600 },
      { kind: "pause", target: "*", direction: "in", owner: "bob", reason: "migration", until: at + 60.5 },
    ],
    outlooks: {},
    facts: { lagging: { orders: { on: seed % 2 === 0, at: at - 30, since: at - 90, why: "12.5 s behind" } } },
    named: seed % 3 === 0 ? [at - 120, at - 60] : [],
  };
  return { ...decide(parse(decideInput, input, "The sample")), outcome: { is: "done", at: at + 3 } };
}
