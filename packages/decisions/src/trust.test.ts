import { describe, expect, it } from "vitest";
import { keyOf, MINUTE, metric, NOON, queued, series, signal } from "../../../test/builders/decisions.ts";
import type { Point, SignalAnswer } from "./model.ts";
import type { Known, Unknown } from "./readings.ts";
import { trustEvents, trustMetric, trustQueue, trustWindow } from "./trust.ts";

const minutesAgo = (minutes: number) => NOON - minutes * MINUTE;
const plain = signal("load");
const value = (given: number, at: number, changes: Partial<Known> = {}): Known => ({
  ...{ is: "value", value: given, at, period: MINUTE, mayLower: true },
  ...changes,
});

describe("which datapoint a metric is read from", () => {
  it.each<{ what: string; points: [number, number][]; is: ReturnType<typeof trustMetric> }>([
    {
      what: "the newest",
      points: [
        [minutesAgo(2), 7],
        [minutesAgo(1), 8],
      ],
      is: value(8, minutesAgo(1)),
    },
    {
      what: "the newest even in disorder",
      points: [
        [minutesAgo(1), 8],
        [minutesAgo(3), 6],
        [minutesAgo(2), 7],
      ],
      is: value(8, minutesAgo(1)),
    },
    {
      what: "not one whose period is not over",
      points: [
        [minutesAgo(1), 8],
        [minutesAgo(1) + 1, 1],
      ],
      is: value(8, minutesAgo(1)),
    },
    {
      what: "not one of the future",
      points: [
        [minutesAgo(1), 8],
        [NOON + 3600, 1],
      ],
      is: value(8, minutesAgo(1)),
    },
    {
      what: "none yet when all are unfinished",
      points: [
        [minutesAgo(1) + 1, 8],
        [NOON, 9],
      ],
      is: { is: "notYet" },
    },
    { what: "none when there are none", points: [], is: { is: "none" } },
    { what: "an old one that is young enough", points: [[minutesAgo(6), 8]], is: value(8, minutesAgo(6)) },
    {
      what: "none when the newest is too old",
      points: [[minutesAgo(6) - 1, 8]],
      is: { is: "stale", at: minutesAgo(6) - 1, age: 301 },
    },
  ])("$what", ({ points, is }) => {
    expect(trustMetric(plain, series(points), NOON)).toEqual(is);
  });

  it("waits for the first period to be over", () => {
    expect(trustMetric(plain, series([[NOON, 8]]), NOON)).toEqual({ is: "notYet" });
  });

  it("waits for a period to settle", () => {
    const delayed = signal("load", { delay: "90s" });
    const answer = series([
      [minutesAgo(3), 7],
      [minutesAgo(2), 8],
    ]);
    expect(trustMetric(delayed, answer, NOON)).toEqual(value(7, minutesAgo(3)));
    expect(trustMetric(delayed, answer, NOON + 30)).toEqual(value(8, minutesAgo(2)));
  });

  it("judges age by the clock on receipt and from the end of the period", () => {
    const fiveMinutes = signal("load", { period: "5m", maxAge: "1m" });
    const answer = series([[minutesAgo(5), 8]], 300);
    expect(trustMetric(fiveMinutes, answer, NOON)).toEqual(value(8, minutesAgo(5), { period: 300 }));
    expect(trustMetric(fiveMinutes, answer, NOON + 60)).toEqual(value(8, minutesAgo(5), { period: 300 }));
    expect(trustMetric(fiveMinutes, answer, NOON + 61)).toEqual({ is: "stale", at: minutesAgo(5), age: 61 });
  });

  it("tells how many units sent samples", () => {
    const answer: SignalAnswer = { is: "series", period: 60, points: [{ at: minutesAgo(1), value: 8, units: 3 }] };
    expect(trustMetric(plain, answer, NOON)).toEqual(value(8, minutesAgo(1), { units: 3 }));
  });

  it("leaves the answer as it was", () => {
    const points: [number, number][] = [
      [minutesAgo(3), 6],
      [minutesAgo(1), 8],
      [minutesAgo(2), 7],
    ];
    const answer = series(points);
    trustMetric(plain, answer, NOON);
    expect(answer).toEqual(series(points));
  });
});

describe("what cannot be true never counts", () => {
  it.each([
    [Number.NaN, "it reported NaN"],
    ["NaN" as const, "it reported NaN"],
    [Number.POSITIVE_INFINITY, "it reported Infinity"],
    ["Infinity" as const, "it reported Infinity"],
    ["-Infinity" as const, "it reported -Infinity"],
    [-0.001, "it reported -0.001, and load cannot be negative"],
  ])("a datapoint of %s", (given, why) => {
    expect(
      trustMetric(
        plain,
        series([
          [minutesAgo(2), 5],
          [minutesAgo(1), given],
        ]),
        NOON,
      ),
    ).toEqual({ is: "failed", why });
  });

  it.each([0, -60, 0.5])("a period of %d seconds", (period) => {
    const answer = series([[minutesAgo(1), 5]], period);
    expect(trustMetric(plain, answer, NOON)).toEqual({ is: "failed", why: `its period is ${period} seconds` });
  });

  it("but a period of a second can", () => {
    expect(trustMetric(plain, series([[NOON - 1, 5]], 1), NOON)).toEqual(value(5, NOON - 1, { period: 1 }));
  });

  it("an answer to another question", () => {
    const metric = { is: "failed", why: "a metric was asked for and queue attributes came back" };
    expect(trustMetric(plain, queued(3), NOON)).toEqual(metric);
    const attributes = { is: "failed", why: "queue attributes were asked for and a metric came back" };
    expect(trustQueue({ source: "queue", queue: "jobs", maxAge: 300 }, series([]), NOON)).toEqual(attributes);
  });

  it("an answer that is missing or failed", () => {
    const failed: SignalAnswer = { is: "failed", why: "throttled" };
    expect(trustMetric(plain, undefined, NOON)).toEqual({ is: "none" });
    expect(trustMetric(plain, failed, NOON)).toEqual(failed);
    expect(trustQueue({ source: "queue", queue: "jobs", maxAge: 300 }, undefined, NOON)).toEqual({ is: "none" });
    expect(trustQueue({ source: "queue", queue: "jobs", maxAge: 300 }, failed, NOON)).toEqual(failed);
  });
});

describe("a declared range", () => {
  const share = signal("load", { range: [2, 100] });
  it.each([
    { given: 1.9, is: { is: "failed", why: "it reported 1.9, below its range, which begins at 2" } },
    { given: 2, is: value(2, minutesAgo(1)) },
    { given: 100, is: value(100, minutesAgo(1)) },
    { given: 100.1, is: value(100, minutesAgo(1), { mayLower: false }) },
    { given: 1e308, is: value(100, minutesAgo(1), { mayLower: false }) },
  ])("makes of $given: $is", ({ given, is }) => {
    expect(trustMetric(share, series([[minutesAgo(1), given]]), NOON)).toEqual(is);
  });

  it("begins at 0 where none is declared", () => {
    expect(trustMetric(plain, series([[minutesAgo(1), 0]]), NOON)).toEqual(value(0, minutesAgo(1)));
  });
});

describe("a counter", () => {
  const counter = signal("requests", { counter: true });
  const read = (points: readonly [number, number | "NaN"][]) => trustMetric(counter, series(points), NOON);

  it("counts by its growth, in whatever order its datapoints come", () => {
    expect(
      read([
        [minutesAgo(2), 1000],
        [minutesAgo(1), 1030],
      ]),
    ).toEqual(value(30, minutesAgo(1)));
    expect(
      read([
        [minutesAgo(1), 1030],
        [minutesAgo(2), 1000],
      ]),
    ).toEqual(value(30, minutesAgo(1)));
    expect(
      read([
        [minutesAgo(2), 1000],
        [minutesAgo(1), 1000],
      ]),
    ).toEqual(value(0, minutesAgo(1)));
  });

  it("grew since the period before, not since the oldest", () => {
    const points: [number, number][] = [
      [minutesAgo(3), 900],
      [minutesAgo(2), 1000],
      [minutesAgo(1), 1030],
    ];
    expect(read(points)).toEqual(value(30, minutesAgo(1)));
  });

  it("may begin at 0", () => {
    const points: [number, number][] = [
      [minutesAgo(2), 0],
      [minutesAgo(1), 30],
    ];
    expect(read(points)).toEqual(value(30, minutesAgo(1)));
  });

  it("that was reset grew by at least what it shows, so that must not lower", () => {
    expect(
      read([
        [minutesAgo(2), 1_000_000],
        [minutesAgo(1), 120],
      ]),
    ).toEqual(value(120, minutesAgo(1), { mayLower: false }));
  });

  it("counts the mean growth of a period where periods are missing", () => {
    expect(
      read([
        [minutesAgo(5), 1000],
        [minutesAgo(1), 1400],
      ]),
    ).toEqual(value(100, minutesAgo(1)));
  });

  it("is not compared with the same period twice", () => {
    expect(
      read([
        [minutesAgo(2), 1000],
        [minutesAgo(1), 1030],
        [minutesAgo(1), 1030],
      ]),
    ).toEqual(value(30, minutesAgo(1)));
  });

  it.each<{ what: string; points: [number, number | "NaN"][]; why: string }>([
    {
      what: "a single datapoint",
      points: [[minutesAgo(1), 5]],
      why: "a counter needs two datapoints, and there is one",
    },
    {
      what: "a predecessor that is no number",
      points: [
        [minutesAgo(2), "NaN"],
        [minutesAgo(1), 5],
      ],
      why: "the counter reported NaN before",
    },
    {
      what: "a negative predecessor",
      points: [
        [minutesAgo(2), -1],
        [minutesAgo(1), 5],
      ],
      why: "the counter reported -1 before",
    },
  ])("says nothing with $what", ({ points, why }) => {
    expect(read(points)).toEqual({ is: "failed", why });
  });

  it("is held against its range by its growth", () => {
    const ranged = signal("requests", { counter: true, range: [0, 20] });
    const answer = series([
      [minutesAgo(2), 1000],
      [minutesAgo(1), 1030],
    ]);
    expect(trustMetric(ranged, answer, NOON)).toEqual(value(20, minutesAgo(1), { mayLower: false }));
  });
});

describe("absence", () => {
  const errors = signal("errors", {
    zeroWhile: { source: "cloudwatch", namespace: "App", metric: "requests", statistic: "Sum" },
  });
  const alive = value(500, minutesAgo(2));
  const read = (answer: SignalAnswer | undefined, sibling?: () => ReturnType<typeof trustMetric>) =>
    trustMetric(errors, answer, NOON, sibling);

  it.each([
    { what: "no datapoints", answer: series([]) },
    { what: "only stale ones", answer: series([[minutesAgo(30), 4]]) },
  ])("is 0 with $what while the sibling reports", ({ answer }) => {
    expect(read(answer, () => alive)).toEqual(value(0, minutesAgo(2)));
  });

  it.each([{ is: "none" as const }, { is: "notYet" as const }, { is: "failed" as const, why: "throttled" }])(
    "is not 0 while the sibling is $is",
    (sibling) => {
      expect(read(series([]), () => sibling)).toEqual({ is: "none" });
    },
  );

  it("is not 0 while the sibling says what can hardly be true", () => {
    expect(read(series([]), () => ({ ...alive, mayLower: false }))).toEqual({ is: "none" });
  });

  it("is not 0 where no sibling is declared, nor where none was asked", () => {
    expect(trustMetric(plain, series([]), NOON, () => alive)).toEqual({ is: "none" });
    expect(read(series([]))).toEqual({ is: "none" });
  });

  it("is not failure, nor an answer that did not come", () => {
    const failed: SignalAnswer = { is: "failed", why: "throttled" };
    expect(read(failed, () => alive)).toEqual(failed);
    expect(read(undefined, () => alive)).toEqual({ is: "none" });
    const impossible = { is: "failed", why: "it reported -4, and load cannot be negative" };
    expect(read(series([[minutesAgo(1), -4]]), () => alive)).toEqual(impossible);
  });

  it("is not 0 where a datapoint of the sibling's period, or a later one, is still to settle: that is late, not absent", () => {
    const slow = { ...errors, delay: 120 };
    expect(trustMetric(slow, series([[minutesAgo(2), 4]]), NOON, () => alive)).toEqual({ is: "notYet" });
    expect(read(series([[NOON, 4]]), () => alive)).toEqual({ is: "notYet" });
  });

  it("does not replace a datapoint", () => {
    expect(read(series([[minutesAgo(1), 4]]), () => alive)).toEqual(value(4, minutesAgo(1)));
  });
});

describe("a period that an alarm named", () => {
  const slow = signal("load", { delay: "90s" });
  const answer = series([
    [minutesAgo(3), 30],
    [minutesAgo(2), 40],
    [minutesAgo(1), 50],
  ]);
  const read = (named: number[]) => trustMetric(slow, answer, NOON, undefined, named);

  it("has settled, or it would not have been named", () => {
    expect(read([])).toEqual(value(30, minutesAgo(3)));
    expect(read([minutesAgo(1)])).toEqual(value(50, minutesAgo(1)));
  });

  it("says nothing of later ones", () => {
    expect(read([minutesAgo(2)])).toEqual(value(40, minutesAgo(2)));
  });

  it("must be over all the same", () => {
    expect(trustMetric(slow, series([[NOON - 30, 50]]), NOON, undefined, [NOON - 30])).toEqual({ is: "notYet" });
  });
});

describe("the values of a history", () => {
  const slow = { ...signal("latency"), history: 600 };
  const every = (minutes: number[], of: Point["value"] = 3): SignalAnswer =>
    series(minutes.map((ago) => [minutesAgo(ago), of]));
  const read = (answer: SignalAnswer | undefined) => {
    const found = trustWindow(slow, answer, NOON);
    return found.is === "window" ? found.points.map(({ at }) => (NOON - at) / MINUTE) : found;
  };

  it("are those of its length up to the newest that has settled, in order", () => {
    expect(read(every([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(read(every([0, 3, 4, 5, 6, 7, 8]))).toEqual([8, 7, 6, 5, 4, 3]);
    expect(trustWindow(slow, every([3, 4, 5, 6, 7]), NOON)).toMatchObject({ end: minutesAgo(2), period: MINUTE });
  });

  it("must be those of half of the time at least", () => {
    expect(read(every([1, 3, 5, 7, 9]))).toEqual([9, 7, 5, 3, 1]);
    expect(read(every([1, 3, 5, 7]))).toEqual({ is: "notYet" });
  });

  describe("where a sibling proves that there may be nothing to report", () => {
    const quiet = signal("latency", { zeroWhile: metric("hosts") });
    const alive = () => value(2, minutesAgo(1));
    const found = (answer: SignalAnswer, sibling: () => Known | Unknown = alive) =>
      trustWindow({ ...quiet, history: 600 }, answer, NOON, sibling);

    it("may be few, or none", () => {
      expect(found(every([2, 9]))).toMatchObject({
        is: "window",
        points: [{ at: minutesAgo(9) }, { at: minutesAgo(2) }],
      });
      expect(found(series([]))).toEqual({ is: "window", end: NOON, period: MINUTE, points: [] });
      expect(found(every([8, 9]))).toMatchObject({ is: "window", end: NOON, points: [{}, {}] });
    });

    it("must be many all the same while that one is silent, too", () => {
      expect(found(every([2, 9]), () => ({ is: "none" }))).toEqual({ is: "notYet" });
      expect(found(series([]), () => ({ is: "notYet" }))).toEqual({ is: "none" });
    });

    it("are worthless when reading failed", () => {
      expect(found({ is: "failed", why: "throttled" })).toEqual({ is: "failed", why: "throttled" });
    });
  });

  it.each<{ what: string; answer: SignalAnswer | undefined; is: string }>([
    { what: "nothing was asked", answer: undefined, is: "none" },
    { what: "nothing came", answer: series([]), is: "none" },
    { what: "the newest is too old", answer: every([7, 8, 9, 10, 11, 12]), is: "stale" },
    { what: "reading failed", answer: { is: "failed", why: "throttled" }, is: "failed" },
    {
      what: "one of them cannot be true",
      answer: series([
        [minutesAgo(2), -1],
        [minutesAgo(1), 1],
      ]),
      is: "failed",
    },
    {
      what: "one of them is no number",
      answer: series([
        [minutesAgo(2), "NaN"],
        [minutesAgo(1), 1],
      ]),
      is: "failed",
    },
  ])("cannot be used when $what", ({ answer, is }) => {
    expect(read(answer)).toMatchObject({ is });
  });

  it("cannot be used with one that cannot be true, and it is named", () => {
    const others = [3, 4, 5, 6, 7, 8].map((ago): [number, number] => [minutesAgo(ago), 0]);
    expect(read(series([[minutesAgo(1), 1], [minutesAgo(2), "NaN"], ...others]))).toMatchObject({
      why: "it reported NaN",
    });
    expect(read(series([[minutesAgo(1), 1], [minutesAgo(2), -1], ...others]))).toMatchObject({ why: "it reported -1" });
    expect(read(series([[minutesAgo(1), 1], ...others]))).toHaveLength(7);
  });
});

describe("the counts of a history", () => {
  const errors = { ...signal("errors", { statistic: "Sum", delay: "60s" }), history: 600 };
  const points = (answer: SignalAnswer | undefined) => {
    const found = trustEvents(errors, answer, NOON);
    return found.is === "window" ? found.points.map(({ at, value: count }) => [(NOON - at) / MINUTE, count]) : found;
  };

  it("are all that have settled, however few", () => {
    expect(points(series([]))).toEqual([]);
    const answer = series([
      [minutesAgo(1), 9],
      [minutesAgo(2), 7],
      [minutesAgo(8), 5],
    ]);
    expect(points(answer)).toEqual([
      [8, 5],
      [2, 7],
    ]);
  });

  it.each<{ what: string; answer: SignalAnswer | undefined; is: string }>([
    { what: "nothing was asked", answer: undefined, is: "none" },
    { what: "reading failed", answer: { is: "failed", why: "throttled" }, is: "failed" },
    { what: "a queue answered", answer: queued(0), is: "failed" },
    { what: "one of them cannot be true", answer: series([[minutesAgo(3), -1]]), is: "failed" },
    { what: "one of them is no number", answer: series([[minutesAgo(3), "NaN"]]), is: "failed" },
  ])("cannot be used when $what", ({ answer, is }) => {
    expect(points(answer)).toMatchObject({ is });
  });

  it("may be 0, go back as far as they matter and no further, and an alarm makes none of them settle earlier", () => {
    const oldest = NOON - errors.history - errors.maxAge;
    expect(
      points(
        series([
          [oldest, 3],
          [oldest - 1, 9],
          [minutesAgo(3), 0],
        ]),
      ),
    ).toEqual([
      [(NOON - oldest) / MINUTE, 3],
      [3, 0],
    ]);
    expect(points(series([[minutesAgo(3), -1]]))).toMatchObject({ why: "it reported -1" });
    expect(points(queued(0))).toMatchObject({ why: expect.stringContaining("queue attributes came back") });
  });
});

describe("queue attributes", () => {
  const jobs = { source: "queue" as const, queue: "jobs", maxAge: 300 };

  it("are trusted while they are fresh", () => {
    expect(trustQueue(jobs, queued(3, 2, 1), NOON + 300)).toEqual(queued(3, 2, 1));
    expect(trustQueue(jobs, queued(3, 2, 1), NOON + 301)).toEqual({ is: "stale", at: NOON, age: 301 });
  });

  it.each([
    { answer: queued(Number.NaN), why: "it reported NaN visible messages" },
    { answer: queued(-1), why: "it reported -1 visible messages" },
    { answer: queued(1, Number.POSITIVE_INFINITY), why: "it reported Infinity inFlight messages" },
    { answer: queued(1, 0, -2), why: "it reported -2 delayed messages" },
  ])("are not trusted when $why", ({ answer, why }) => {
    expect(trustQueue(jobs, answer, NOON)).toEqual({ is: "failed", why });
  });
});

it("the same question has the same key, whatever the order of its dimensions", () => {
  expect(keyOf("load", { dimensions: { b: "2", a: "1" } })).toBe(keyOf("load", { dimensions: { a: "1", b: "2" } }));
  expect(keyOf("load", { dimensions: { a: "1" } })).not.toBe(keyOf("load"));
  expect(keyOf("load", { period: "5m" })).not.toBe(keyOf("load"));
});
