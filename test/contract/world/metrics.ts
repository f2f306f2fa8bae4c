import { cloudwatchSignal, signalKey } from "@headroom/decisions/config/signals";
import type { Point } from "@headroom/decisions/model";
import { expect } from "vitest";
import type * as z from "zod";
import type { Account, GivenMetric, Subject } from "./account.ts";

const MINUTE = 60;

type Dimensions = Record<string, string>;
type SignalInput = Partial<z.input<typeof cloudwatchSignal>>;

/** A signal of the metric `Requests` of a namespace. */
function requests(namespace: string, changes: SignalInput = {}) {
  return cloudwatchSignal.decode({ source: "cloudwatch", namespace, metric: "Requests", statistic: "Sum", ...changes });
}

type Asked = ReturnType<typeof requests>;

async function pointsOf({ world }: Account, signal: Asked, since: number): Promise<Point[]> {
  const answer = (await world.signals.read([signal], since)).get(signalKey(signal));
  if (answer?.is !== "series")
    throw new Error(`${signalKey(signal)}: ${answer?.is === "failed" ? answer.why : "none"}`);
  expect(answer.period).toBe(signal.period);
  return answer.points.map(({ at, value }) => ({ at, value }));
}

/** What every World must do with metrics. */
export function metricsContract({ accounts, check }: Subject, fresh: (name: string) => string): void {
  function published(samples: GivenMetric["samples"], changes: Partial<GivenMetric> = {}): GivenMetric {
    return { namespace: fresh("App"), metric: "Requests", samples, ...changes };
  }

  check("points come oldest first, one a period", async () => {
    const metric = published([
      { ago: 60, values: [5] },
      { ago: 180, values: [1, 2] },
      { ago: 120, values: [7] },
    ]);
    const account = await accounts().given({ metrics: [metric] });
    const { minute } = account;
    expect(await pointsOf(account, requests(metric.namespace), minute - 180)).toEqual([
      { at: minute - 180, value: 3 },
      { at: minute - 120, value: 7 },
      { at: minute - 60, value: 5 },
    ]);
  });

  check("the period that is still filling is among them", async () => {
    const metric = published([
      { ago: 60, values: [5] },
      { ago: 0, values: [4] },
    ]);
    const account = await accounts().given({ metrics: [metric] });
    expect(await pointsOf(account, requests(metric.namespace), account.minute - 60)).toEqual([
      { at: account.minute - 60, value: 5 },
      { at: account.minute, value: 4 },
    ]);
  });

  check("what started before `since` is not", async () => {
    const metric = published([
      { ago: 180, values: [5] },
      { ago: 120, values: [4] },
    ]);
    const account = await accounts().given({ metrics: [metric] });
    const { minute } = account;
    expect(await pointsOf(account, requests(metric.namespace), minute - 120)).toEqual([{ at: minute - 120, value: 4 }]);
    expect(await pointsOf(account, requests(metric.namespace), minute - 179)).toEqual([{ at: minute - 120, value: 4 }]);
  });

  for (const [statistic, value] of Object.entries({
    Sum: 42,
    Average: 10.5,
    Maximum: 30,
    Minimum: 2,
    SampleCount: 4,
  })) {
    check(`the statistic ${statistic}`, async () => {
      const metric = published([{ ago: 120, values: [2, 30, 4, 6] }]);
      const account = await accounts().given({ metrics: [metric] });
      const signal = requests(metric.namespace, { statistic: cloudwatchSignal.shape.statistic.parse(statistic) });
      expect(await pointsOf(account, signal, account.minute - 120)).toEqual([{ at: account.minute - 120, value }]);
    });
  }

  check("a percentile lies where it should", async () => {
    const metric = published([{ ago: 120, values: Array.from({ length: 50 }, (_, index) => index + 1) }]);
    const account = await accounts().given({ metrics: [metric] });
    const signal = requests(metric.namespace, { statistic: "p90" });
    const [point] = await pointsOf(account, signal, account.minute - 120);
    expect(point?.value).toBeGreaterThanOrEqual(44);
    expect(point?.value).toBeLessThanOrEqual(46);
  });

  check("longer periods gather what is in them", async () => {
    const metric = published([
      { ago: 1200, values: [1] },
      { ago: 1140, values: [2] },
      { ago: 600, values: [4] },
    ]);
    const account = await accounts().given({ metrics: [metric] });
    const period = 5 * MINUTE;
    const signal = requests(metric.namespace, { period: "5m" });
    const points = await pointsOf(account, signal, Math.floor((account.minute - 1200) / period) * period);
    expect(points.every(({ at }) => at % period === 0)).toBe(true);
    expect(points.reduce((sum, { value }) => sum + Number(value), 0)).toBe(7);
  });

  /** `Requests` of a namespace with so many sets of dimensions; the values that are read of others. */
  async function valuesBy(sets: readonly Dimensions[], asked: readonly Dimensions[]) {
    const namespace = fresh("App");
    const metrics = sets.map((dimensions, index) =>
      published([{ ago: 60, values: [index + 1] }], { namespace, dimensions }),
    );
    const account = await accounts().given({ metrics });
    const signals = asked.map((dimensions) => requests(namespace, { dimensions }));
    const answers = await account.world.signals.read(signals, account.minute - 60);
    return signals.map((signal) => {
      const answer = answers.get(signalKey(signal));
      return answer?.is === "series" ? answer.points.map(({ value }) => value) : answer;
    });
  }

  check("each set of dimensions is a metric of its own", async () => {
    const values = await valuesBy([{ Queue: "a" }, { Queue: "b" }], [{ Queue: "a" }, { Queue: "b" }, { Queue: "c" }]);
    expect(values).toEqual([[1], [2], []]);
  });

  check("a metric with some of the dimensions is another one", async () => {
    const values = await valuesBy([{ Queue: "a", Zone: "b" }], [{ Queue: "a" }, { Zone: "b" }]);
    expect(values).toEqual([[], []]);
  });

  check("a metric without dimensions is not the total of those with some", async () => {
    expect(await valuesBy([{ Queue: "a" }, {}], [{}])).toEqual([[2]]);
  });

  check("the order of dimensions does not matter", async () => {
    expect(await valuesBy([{ Queue: "a", Zone: "b" }], [{ Zone: "b", Queue: "a" }])).toEqual([[1]]);
  });

  check("a metric that nobody published is an empty series", async () => {
    const account = await accounts().given({});
    expect(await pointsOf(account, requests(fresh("Empty")), account.minute - 600)).toEqual([]);
  });

  check("a signal that is asked for twice is answered once, and none is asked for nothing", async () => {
    const metric = published([{ ago: 60, values: [5] }]);
    const account = await accounts().given({ metrics: [metric] });
    const [signal, again] = [requests(metric.namespace), requests(metric.namespace)];
    expect((await account.world.signals.read([signal, again], account.minute - 60)).size).toBe(1);
    expect(await account.world.signals.read([], account.minute - 60)).toEqual(new Map());
  });

  check("more signals than one call takes are answered", async () => {
    const metric = published([{ ago: 60, values: [5] }]);
    const account = await accounts().given({ metrics: [metric] });
    const asked = [
      ...Array.from({ length: 501 }, (_, index) => requests(metric.namespace, { metric: `None${index}` })),
      requests(metric.namespace),
    ];
    const answers = await account.world.signals.read(asked, account.minute - 60);
    expect(answers.size).toBe(502);
    const newest = answers.get(signalKey(requests(metric.namespace)));
    expect(newest).toMatchObject({ is: "series", points: [{ at: account.minute - 60, value: 5 }] });
  });
}
