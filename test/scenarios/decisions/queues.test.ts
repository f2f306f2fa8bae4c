import { describe, expect, it } from "vitest";
import { draining, MINUTE, series, settings } from "../../builders/decisions.ts";
import { drive, type Seen } from "../drive.ts";

const SENT = "AWS/SQS NumberOfMessagesSent {QueueName=jobs} Sum 60s";
const AGE = "AWS/SQS ApproximateAgeOfOldestMessage {QueueName=jobs} Maximum 60s";

/** What is seen at `at` of a queue to which nothing was sent lately. */
function idle(at: number, queue: Seen["queue"]): Seen {
  return { queue: queue ?? {}, answers: { [SENT]: series([[at - MINUTE, 0]]) } };
}

describe("case 4: one message wakes one worker", () => {
  const jobs = settings({ min: 0, policies: [draining()], stabilisation: { in: "5m" } });

  it("of none, for one message", () => {
    const target = drive(jobs, { desired: 0 });
    target.tick(idle(target.at, { visible: 1 }));
    expect(target.desired).toBe(1);
  });

  it("and lets it go when the queue was empty for the whole window", () => {
    const target = drive(jobs, { desired: 1 });
    target.tick(idle(target.at, { visible: 1 }));
    const after = Array.from({ length: 7 }, () => {
      target.tick(idle(target.at, {}));
      return target.desired;
    });
    expect(after).toEqual([1, 1, 1, 1, 1, 0, 0]);
  });

  it("and not while one is in flight, or delayed", () => {
    const quick = settings({ min: 0, policies: [draining()] });
    for (const queue of [{ inFlight: 1 }, { delayed: 1 }]) {
      const target = drive(quick, { desired: 1 });
      for (let tick = 0; tick < 10; tick += 1) target.tick(idle(target.at, queue));
      expect(target.desired).toBe(1);
    }
  });
});

describe("case 5: in flight is a floor, not demand", () => {
  const jobs = settings({ min: 0, policies: [draining()] });

  it("three in flight keep three workers", () => {
    const target = drive(jobs, { desired: 3 });
    target.tick(idle(target.at, { inFlight: 3 }));
    expect(target.desired).toBe(3);
  });

  it("three in flight at one worker that takes ten ask for no other", () => {
    const target = drive(settings({ min: 0, policies: [draining({ concurrencyPerUnit: 10 })] }), { desired: 1 });
    target.tick(idle(target.at, { inFlight: 3 }));
    expect(target.desired).toBe(1);
  });

  it("three that are protected keep two from being enough", () => {
    const target = drive(jobs, { desired: 5 });
    const seen = idle(target.at, { inFlight: 2 });
    target.tick({ ...seen, busy: 3 });
    expect(target.desired).toBe(3);
  });
});

describe("case 13: the age of the oldest message falls because a poison pill is set aside", () => {
  it("is no recovery: what is there is still to be worked off by its deadline", () => {
    const jobs = settings({ max: 100, policies: [draining({ maxAge: "5m" })] });
    const target = drive(jobs, { desired: 10 });
    const seen = (age: number): Seen => ({
      queue: { visible: 12_000, inFlight: 10 },
      answers: { [SENT]: series([[target.at - MINUTE, 600]]), [AGE]: series([[target.at - MINUTE, age]]) },
    });
    target.tick(seen(780));
    const old = target.desired;
    const deadline = target.memory.drainBy.jobs;
    target.tick(seen(20));
    expect(target.desired).toBeGreaterThanOrEqual(old);
    expect(target.memory.drainBy.jobs).toBe(deadline);
  });
});

describe("a backlog", () => {
  it("is gone by its deadline, which does not recede, and not much before", () => {
    const jobs = settings({ min: 1, max: 100, policies: [draining()], stabilisation: { in: "2m" } });
    const target = drive(jobs, { desired: 10 });
    let visible = 12_000;
    const until = target.at + 600;
    const seen = () => ({
      ...{ queue: { visible }, answers: { [SENT]: series([[target.at - MINUTE, 600]]) } },
    });
    while (target.at < until) {
      target.tick(seen());
      visible = Math.max(0, visible + 600 - target.desired * MINUTE);
      if (visible > 600) expect(target.memory.drainBy.jobs).toBe(until);
    }
    expect(visible).toBeLessThanOrEqual(600);
    expect(target.desired).toBeGreaterThanOrEqual(10);
  });
});
