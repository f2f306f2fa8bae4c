import { describe, expect, it } from "vitest";
import { draining, known, MINUTE, NOON, nameOf, proposing, remembered } from "../../../../test/builders/decisions.ts";
import type { Known, KnownQueue, Unknown, Window } from "../readings.ts";
import { propose, settings, signals } from "./queue.ts";

type Policy = Parameters<typeof draining>[0];
type Seen = Parameters<typeof proposing>[0] & {
  /** Messages sent and deleted a second, and the age of the oldest one; unknown where not given. */
  sent?: number;
  deleted?: number;
  age?: number;
};

function attributes(visible: number, inFlight = 0, delayed = 0): KnownQueue {
  return { is: "queue", at: NOON, visible, inFlight, delayed };
}

/** The same value in each of the last five minutes. */
function steadily(value: number): Window {
  const points = [5, 4, 3, 2, 1].map((ago) => ({ at: NOON - ago * MINUTE, value }));
  return { is: "window", end: NOON, period: MINUTE, points };
}

function run(policy: Policy, { sent, deleted, age, ...seen }: Seen) {
  const readings: Record<string, Known | Unknown> = {};
  const windows: Record<string, Window> = {};
  if (sent !== undefined) readings.NumberOfMessagesSent = known(sent * MINUTE);
  if (deleted !== undefined) windows.NumberOfMessagesDeleted = steadily(deleted * MINUTE);
  if (seen.attributes?.is === "queue") {
    windows.ApproximateNumberOfMessagesNotVisible = steadily(seen.attributes.inFlight);
  }
  if (age !== undefined) readings.ApproximateAgeOfOldestMessage = known(age);
  return propose(settings.decode(draining(policy)), proposing({ windows, ...seen, readings }));
}

/** The gist of a proposal: how many units, and the code of the reason. */
function gist(policy: Policy, seen: Seen) {
  const { proposal } = run(policy, seen);
  return proposal.is === "proposes" ? [proposal.capacity, proposal.reason.code] : [proposal.is, proposal.reason.code];
}

const empty = attributes(0);

describe("the units that a queue needs", () => {
  it.each<{ what: string; policy?: Policy; seen: Seen; says: [number | string, string] }>([
    { what: "keep up with arrivals", seen: { attributes: empty, sent: 12 }, says: [12, "backlogNeedsMore"] },
    { what: "may be fewer", seen: { attributes: empty, sent: 4 }, says: [4, "backlogNeedsLess"] },
    { what: "may be just right", seen: { attributes: empty, sent: 10 }, says: [10, "backlogOnPace"] },
    {
      what: "have a backlog gone in time: 10 + 1200 ÷ 600",
      seen: { attributes: attributes(1200), sent: 10 },
      says: [12, "backlogNeedsMore"],
    },
    {
      what: "work several at a time: 12 ÷ 5",
      policy: { concurrencyPerUnit: 5 },
      seen: { attributes: empty, sent: 12 },
      says: [3, "backlogNeedsLess"],
    },
    {
      what: "start first: 1200 ÷ (600 − 300)",
      seen: { attributes: attributes(1200), desired: 1, warmUp: 300, sent: 0 },
      says: [4, "backlogNeedsMore"],
    },
    {
      what: "are awake for one message",
      seen: { attributes: attributes(1), desired: 0, ready: 0, sent: 0 },
      says: [1, "backlogNeedsMore"],
    },
    {
      what: "may be more than the maximum",
      seen: { attributes: attributes(120_000), max: 100, sent: 10 },
      says: [210, "backlogInfeasible"],
    },
  ])("$what", ({ policy = {}, seen, says }) => {
    expect(gist(policy, seen)).toEqual(says);
  });

  it("are explained with everything that they come from", () => {
    const seen = { attributes: attributes(1200, 7, 60), sent: 10, ready: 4, desired: 4, warmUp: 60 };
    expect(run({ delay: "22m" }, seen).proposal).toEqual({
      is: "proposes",
      // B′ = 1200 + 60 ÷ 2 + (10 − 4) × 60 = 1590, r = 600 − 60
      capacity: 13,
      reason: {
        code: "backlogNeedsMore",
        data: {
          ...{ queue: "jobs", visible: 1200, inFlight: 7, delayed: 30, arrivals: 10, secondsPerMessage: 1 },
          ...{ concurrency: 1, left: 540, capacity: 13, desired: 4, eta: 1230 / 3 },
        },
      },
    });
  });

  it("beyond the maximum come with the time that the maximum would take", () => {
    const data = (max: number) => run({}, { attributes: attributes(120_000), max, sent: 10 }).proposal.reason.data;
    expect(data(100)).toMatchObject({ capacity: 210, max: 100, eta: 120_000 / 90 });
    expect(data(10)).toMatchObject({ capacity: 210, max: 10, eta: null });
  });
});

describe("zero units", () => {
  const asleep = { sent: 0, desired: 1, ready: 1 };
  it("only when nothing is visible, in flight, delayed or arriving", () => {
    expect(gist({}, { ...asleep, attributes: empty })).toEqual([0, "backlogNeedsLess"]);
    expect(gist({}, { ...asleep, attributes: attributes(1) })).toEqual([1, "backlogOnPace"]);
    expect(gist({}, { ...asleep, attributes: attributes(0, 1) })).toEqual([1, "backlogOnPace"]);
    expect(gist({}, { ...asleep, attributes: attributes(0, 0, 1) })).toEqual([1, "backlogOnPace"]);
    expect(gist({}, { ...asleep, attributes: empty, sent: 1e-9 })).toEqual([1, "backlogOnPace"]);
  });

  it("not while a delayed message may fall due, however short the objective", () => {
    const strict = { drainWithin: "0s" as const, delay: "15m" as const };
    expect(gist(strict, { ...asleep, attributes: attributes(0, 0, 1) })).toEqual([1, "backlogOnPace"]);
  });

  it("not while arrivals are unknown", () => {
    expect(gist({}, { attributes: empty, desired: 1 })).toEqual(["blind", "noData"]);
  });
});

describe("unknown arrivals", () => {
  it("raise by what is certain", () => {
    expect(gist({}, { attributes: attributes(12_000) })).toEqual([20, "backlogNeedsMore"]);
    expect(gist({}, { attributes: attributes(1), desired: 0, ready: 0 })).toEqual([1, "backlogNeedsMore"]);
  });

  it("never lower", () => {
    expect(gist({}, { attributes: attributes(60) })).toEqual(["blind", "noData"]);
    expect(gist({}, { attributes: attributes(6000) })).toEqual(["blind", "noData"]);
  });
});

describe("messages in flight", () => {
  it.each<{ what: string; inFlight: number; desired: number; concurrency?: number; says: [number, string] }>([
    { what: "keep their workers", inFlight: 8, desired: 10, says: [8, "backlogNeedsLess"] },
    {
      what: "keep workers of several messages",
      inFlight: 41,
      desired: 10,
      concurrency: 5,
      says: [9, "backlogNeedsLess"],
    },
    { what: "keep no more workers than there are", inFlight: 30, desired: 10, says: [10, "backlogOnPace"] },
    { what: "are a floor and no demand", inFlight: 3, desired: 1, concurrency: 10, says: [1, "backlogOnPace"] },
    { what: "keep one worker of three", inFlight: 3, desired: 3, concurrency: 3, says: [1, "backlogNeedsLess"] },
  ])("$what", ({ inFlight, desired, concurrency = 1, says }) => {
    const seen = { attributes: attributes(0, inFlight), desired, sent: 0 };
    expect(gist({ concurrencyPerUnit: concurrency }, seen)).toEqual(says);
  });
});

describe("message groups of a FIFO queue", () => {
  const busy = { attributes: attributes(60_000), sent: 0 };
  it("cap the units: more would be idle", () => {
    expect(gist({ messageGroups: 20 }, busy)).toEqual([20, "backlogNeedsMore"]);
    expect(gist({ messageGroups: 21, concurrencyPerUnit: 5 }, { ...busy, desired: 3 })).toEqual([
      5,
      "backlogNeedsMore",
    ]);
    expect(gist({ messageGroups: 500 }, busy)).toEqual([100, "backlogNeedsMore"]);
  });

  it("take no worker from a message in flight", () => {
    expect(gist({ messageGroups: 4 }, { ...busy, attributes: attributes(60_000, 8) })).toEqual([8, "backlogNeedsLess"]);
  });
});

describe("delayed messages", () => {
  it.each([
    { delay: "0s" as const, units: 3 },
    { delay: "5m" as const, units: 3 },
    { delay: "10m" as const, units: 3 },
    { delay: "15m" as const, units: 2 },
    { delay: "1h" as const, units: 1 },
  ])("count with the share that falls due while the backlog is worked off: a delay of $delay", ({ delay, units }) => {
    expect(gist({ delay }, { attributes: attributes(0, 0, 1800), sent: 0 })).toEqual([units, "backlogNeedsLess"]);
  });

  it("fall due during start-up as well", () => {
    const { reason } = run({ delay: "20m" }, { attributes: attributes(0, 0, 1200), warmUp: 300, sent: 0 }).proposal;
    expect(reason.data).toMatchObject({ delayed: 900 });
  });
});

describe("measured service time", () => {
  const secondsPerMessage = { min: 0.5, max: 4 };
  it.each([
    { what: "is in flight ÷ deleted a second", inFlight: 20, deleted: 10, seconds: 2 },
    { what: "is no less than its bound", inFlight: 1, deleted: 10, seconds: 0.5 },
    { what: "is no more than its bound", inFlight: 100, deleted: 10, seconds: 4 },
  ])("$what", ({ inFlight, deleted, seconds }) => {
    const { reason } = run({ secondsPerMessage }, { attributes: attributes(0, inFlight), sent: 10, deleted }).proposal;
    expect(reason.data).toMatchObject({ secondsPerMessage: seconds, capacity: Math.ceil(10 * seconds) });
  });

  it.each([
    { what: "nothing was deleted", seen: { attributes: attributes(0, 5), deleted: 0 } },
    { what: "nothing is in flight", seen: { attributes: attributes(0, 0), deleted: 5 } },
    { what: "deletions are unknown", seen: { attributes: attributes(0, 5) } },
  ])("raises by the least and lowers by the most that it can be while $what", ({ seen }) => {
    const policy = { secondsPerMessage };
    expect(gist(policy, { ...seen, sent: 22 })).toEqual([11, "backlogNeedsMore"]);
    expect(gist(policy, { ...seen, sent: 8 })).toEqual([10, "backlogOnPace"]);
    expect(gist(policy, { ...seen, sent: 2 })).toEqual([8, "backlogNeedsLess"]);
    expect(run(policy, { ...seen, sent: 2 }).proposal.reason.data).toMatchObject({ secondsPerMessage: 4 });
  });

  it("is of minutes of which both are known: what changed since does not matter", () => {
    const [held, gone] = [steadily(20), steadily(600)];
    const windows = {
      ApproximateNumberOfMessagesNotVisible: { ...held, points: held.points.slice(0, 4) },
      NumberOfMessagesDeleted: { ...gone, points: gone.points.with(4, { at: NOON - MINUTE, value: 0 }) },
    };
    const { reason } = run({ secondsPerMessage }, { attributes: attributes(0, 1), windows, sent: 10 }).proposal;
    expect(reason.data).toMatchObject({ secondsPerMessage: 2 });
  });

  it("needs bounds in order", () => {
    expect(settings.safeDecode(draining({ secondsPerMessage: { min: 2, max: 1 } })).success).toBe(false);
    expect(settings.safeDecode(draining({ secondsPerMessage: { min: 2, max: 2 } })).success).toBe(true);
  });
});

describe("the age of the oldest message", () => {
  const aged = { maxAge: "5m" as const };
  const backlog = { attributes: attributes(1200), sent: 0, desired: 3 };

  it.each([
    { age: 0, units: 2 },
    { age: 300, units: 2 },
    { age: 420, units: 3 },
    { age: 780, units: 10 },
    { age: 840, units: 20 },
    { age: 86_400, units: 20 },
  ])("of $age s, above its limit of 5 min, shortens the objective to no less than a tick", ({ age, units }) => {
    const { proposal } = run(aged, { ...backlog, age });
    expect(proposal).toMatchObject({ is: "proposes", capacity: units });
  });

  it("means nothing where no limit is set", () => {
    expect(gist({}, { ...backlog, age: 86_400 })).toEqual([2, "backlogNeedsLess"]);
  });

  it("when unknown may raise, and lowers only to what a tick would need", () => {
    expect(gist(aged, { ...backlog, desired: 1 })).toEqual([2, "backlogNeedsMore"]);
    expect(gist(aged, backlog)).toEqual(["blind", "noData"]);
    expect(gist(aged, { ...backlog, desired: 20 })).toEqual(["blind", "noData"]);
    expect(gist(aged, { ...backlog, desired: 21 })).toEqual([20, "backlogNeedsLess"]);
  });

  it("is nothing to know about an empty queue", () => {
    expect(gist(aged, { ...backlog, attributes: empty })).toEqual([0, "backlogNeedsLess"]);
    expect(gist(aged, { ...backlog, attributes: attributes(0, 1), desired: 1 })).toEqual(["blind", "noData"]);
    expect(gist(aged, { ...backlog, attributes: attributes(0, 0, 1), desired: 1 })).toEqual(["blind", "noData"]);
    expect(gist(aged, { ...backlog, attributes: attributes(1, 1), desired: 1 })).toEqual(["blind", "noData"]);
    expect(gist(aged, { ...backlog, attributes: attributes(1, 0, 1), desired: 1 })).toEqual(["blind", "noData"]);
  });
});

describe("the deadline of a backlog", () => {
  /** What is remembered tick after tick while the queue has so many messages. */
  function deadlines(policy: Policy, visible: readonly (number | undefined)[], seen: Seen = {}) {
    let drainBy: Record<string, number> = {};
    return visible.map((messages, index) => {
      const now = NOON + index * MINUTE;
      const found = messages === undefined ? { is: "none" as const } : attributes(messages);
      const memory = remembered({ drainBy });
      const result = run(policy, { sent: 1, ready: 2, ...seen, now, at: now, memory, attributes: found });
      drainBy = result.drainBy ?? {};
      return drainBy.jobs;
    });
  }
  const due = NOON + 600;

  it("is set when the backlog first exceeds what the ready units do in time, and does not recede", () => {
    expect(deadlines({}, [1200, 1201, 1100, 600, 5000])).toEqual([undefined, due + 60, due + 60, due + 60, due + 60]);
  });

  it("counts messages that fall due", () => {
    const seen = { sent: 1, ready: 2 };
    expect(run({}, { ...seen, attributes: attributes(1200, 0, 1) }).drainBy).toEqual({ jobs: due });
    expect(run({}, { ...seen, attributes: attributes(1199, 0, 1) }).drainBy).toEqual({});
  });

  it("holds until no more than a tick's work is left", () => {
    expect(deadlines({}, [5000, 121, 120, 121])).toEqual([due, due, undefined, undefined]);
  });

  it("holds until then whatever arrives: more of it never ends it sooner", () => {
    for (const sent of [0, 3, 100]) expect(deadlines({}, [5000, 121, 120], { sent })).toEqual([due, due, undefined]);
    expect(deadlines({}, [5000, 121, 120], { readings: {} })).toEqual([due, due, undefined]);
  });

  it("holds until then at the slowest that a message can take", () => {
    const slow = { secondsPerMessage: { min: 0.1, max: 2 } };
    expect(deadlines(slow, [30_000, 61, 60])).toEqual([due, due, undefined]);
  });

  it("holds until nothing is left while nobody serves", () => {
    expect(deadlines({}, [5000, 1, 0], { ready: 0 })).toEqual([due, due, undefined]);
  });

  it("outlasts a queue that cannot be read", () => {
    expect(deadlines({}, [5000, undefined, undefined, 4000])).toEqual([due, due, due, due]);
    expect(deadlines({}, [undefined])).toEqual([undefined]);
  });

  it("comes nearer when the oldest message is too old", () => {
    expect(deadlines({ maxAge: "5m" }, [5000], { age: 540 })).toEqual([NOON + 360]);
    const memory = remembered({ drainBy: { jobs: due } });
    expect(run({ maxAge: "5m" }, { attributes: attributes(5000), age: 540, memory }).drainBy).toEqual({
      jobs: NOON + 360,
    });
  });

  it("decides how many units are needed: the nearer, the more", () => {
    const with5000 = (drainBy: number) =>
      gist({}, { attributes: attributes(6000), sent: 0, memory: remembered({ drainBy: { jobs: drainBy } }) });
    expect(with5000(NOON + 500)).toEqual([12, "backlogNeedsMore"]);
    expect(with5000(NOON + 100)).toEqual([60, "backlogNeedsMore"]);
    expect(with5000(NOON - 100)).toEqual([100, "backlogNeedsMore"]);
  });

  it("is kept by queue, even one with an odd name", () => {
    const memory = remembered({ drainBy: { other: NOON + 100 } });
    expect(run({ queue: "constructor" }, { attributes: attributes(1), sent: 1, memory })).toMatchObject({
      proposal: { capacity: 2 },
      drainBy: {},
    });
  });
});

describe("what the policy wants to know", () => {
  const wanted = (policy: Policy) => signals(settings.decode(draining(policy))).map(nameOf);

  it("is no more than it needs", () => {
    expect(wanted({})).toEqual(["jobs", "NumberOfMessagesSent"]);
    expect(wanted({ secondsPerMessage: { min: 1, max: 2 } })).toEqual([
      "jobs",
      "NumberOfMessagesSent",
      "NumberOfMessagesDeleted",
      "ApproximateNumberOfMessagesNotVisible",
    ]);
    expect(wanted({ maxAge: "5m" })).toEqual(["jobs", "NumberOfMessagesSent", "ApproximateAgeOfOldestMessage"]);
  });

  it("is about its queue, and as fresh as it asks", () => {
    expect(signals(settings.decode(draining({ maxReadingAge: "2m", maxAge: "1h" })))).toMatchObject([
      { source: "queue", queue: "jobs", maxAge: 120 },
      { namespace: "AWS/SQS", dimensions: { QueueName: "jobs" }, statistic: "Sum", maxAge: 120, period: 60 },
      { namespace: "AWS/SQS", dimensions: { QueueName: "jobs" }, statistic: "Maximum", maxAge: 120, period: 60 },
    ]);
  });
});

it("little needs to be said of a queue", () => {
  expect(settings.decode(draining())).toEqual({
    ...{ kind: "queue", queue: "jobs", drainWithin: 600, secondsPerMessage: 1 },
    ...{ concurrencyPerUnit: 1, delay: 0, maxReadingAge: 300 },
  });
});

it.each([
  { reading: { is: "none" as const }, code: "noData" },
  { reading: { is: "stale" as const, at: 0, age: 400 }, code: "stale" },
  { reading: { is: "failed" as const, why: "throttled" }, code: "failed" },
])("a queue that is $reading.is makes the policy blind", ({ reading, code }) => {
  expect(run({}, { attributes: reading, sent: 100 }).proposal).toMatchObject({
    is: "blind",
    reason: { code, data: { signal: "queue jobs" } },
  });
});
