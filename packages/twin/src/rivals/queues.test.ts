import { describe, expect, it } from "vitest";
import { viewOf } from "../../../../test/builders/view.ts";
import { awsBacklogPerInstance } from "./aws-backlog-per-instance.ts";
import { kedaSqs } from "./keda-sqs.ts";

const bounds = { min: 1, max: 1000, startDelay: 300 };

describe("KEDA on SQS", () => {
  const keda = (visible: number, inFlight: number, ready = 10) =>
    kedaSqs(0.5)
      .create(5, bounds)
      .decide(viewOf({ ready, queue: { visible, inFlight } }));

  it.each([
    [60, 10, 14],
    [45, 10, 10], // 55 ÷ 5 = 11 is within 10 % of 10
    [46, 10, 12],
    [500, 0, 20], // twice as many in 15 s
  ])("%d visible and %d in flight want %d pods", (visible, inFlight, expected) => {
    expect(keda(visible, inFlight)).toBe(expected);
  });

  it("goes down only after HPA's 300 s, and to the minimum when nothing is there", () => {
    const autoscaler = kedaSqs(0.5).create(5, bounds);
    expect(autoscaler.decide(viewOf({ queue: { visible: 50, inFlight: 0 } }))).toBe(10);
    const empty = viewOf({ queue: { visible: 0, inFlight: 0 } });
    const course = Array.from({ length: 20 }, () => autoscaler.decide(empty));
    expect(course.slice(0, 19)).toEqual(Array(19).fill(10));
    expect(course[19]).toBe(1);
  });
});

describe("AWS's backlog per instance", () => {
  /** The course of ten instances at an acceptable backlog of 30 s × 0.5 a second = 15 messages, minute by minute. */
  function course(...backlogs: number[]): number[] {
    const autoscaler = awsBacklogPerInstance(0.5).create(30, bounds);
    return backlogs.map((visible, minute) =>
      autoscaler.decide(viewOf({ now: minute * 60, queue: { visible, inFlight: 3 } })),
    );
  }

  it("goes out in proportion after 3 of 3, a minute late", () => {
    expect(course(150, 300, 300, 300, 300)).toEqual([10, 10, 10, 10, 20]);
  });

  it("does not multiply a late datapoint with instances that came later", () => {
    const autoscaler = awsBacklogPerInstance(0.5).create(30, bounds);
    const course = [10, 10, 10, 40, 40].map((ready, minute) =>
      autoscaler.decide(viewOf({ now: minute * 60, ready, queue: { visible: 600, inFlight: 3 } })),
    );
    expect(course).toEqual([10, 10, 10, 40, 40]);
  });

  it("goes in after 15 of 15 below 0.9", () => {
    expect(course(...Array<number>(16).fill(75))).toEqual([...Array<number>(15).fill(10), 5]);
  });
});
