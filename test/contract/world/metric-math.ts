import { type MathSignal, mathSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import { expect } from "vitest";
import type { Account, GivenMetric, Subject } from "./account.ts";

/** The total of one metric, as expressions read it. */
function total(namespace: string, metric: string) {
  return { namespace, metric, statistic: "Sum" } as const;
}

/** An expression over metrics of a namespace, each by its id. */
function math(namespace: string, expression: string, metrics: Record<string, string>): MathSignal {
  const named = Object.entries(metrics).map(([id, metric]) => [id, total(namespace, metric)] as const);
  return mathSignal.decode({ source: "math", expression, metrics: Object.fromEntries(named) });
}

async function valuesOf({ world, minute }: Account, asked: readonly Signal[]) {
  const answers = await world.signals.read(asked, minute - 180);
  return asked.map((signal) => {
    const answer = answers.get(signalKey(signal));
    return answer?.is === "series" ? answer.points.map(({ at, value }) => [at - minute, value]) : answer;
  });
}

/**
 * What every World must do with metric math. What each function means is CloudWatch's: here is that expressions, their
 * metrics and their answers find each other.
 */
export function metricMathContract({ accounts, check }: Subject, fresh: (name: string) => string): void {
  /** `Sent` is 6, 9 and 12 in the last three minutes, `Done` 2, nothing and 4. */
  async function measured(): Promise<{ account: Account; namespace: string }> {
    const namespace = fresh("Math");
    const of = (metric: string, values: Record<number, number>): GivenMetric => ({
      ...{ namespace, metric },
      samples: Object.entries(values).map(([ago, value]) => ({ ago: Number(ago), values: [value] })),
    });
    const metrics = [of("Sent", { 180: 6, 120: 9, 60: 12 }), of("Done", { 180: 2, 60: 4 })];
    return { account: await accounts().given({ metrics }), namespace };
  }

  const cases: [what: string, expression: string, metrics: Record<string, string>, values: [number, number][]][] = [
    [
      "series are combined where both have a point",
      "a / b",
      { a: "Sent", b: "Done" },
      [
        [-180, 3],
        [-60, 3],
      ],
    ],
    [
      "what is missing is filled",
      "a - FILL(b, 0)",
      { a: "Sent", b: "Done" },
      [
        [-180, 4],
        [-120, 9],
        [-60, 8],
      ],
    ],
    [
      "a period has its seconds",
      "60 * sent / PERIOD(sent)",
      { sent: "Sent" },
      [
        [-180, 6],
        [-120, 9],
        [-60, 12],
      ],
    ],
  ];
  for (const [what, expression, metrics, values] of cases) {
    check(`${what}: ${expression}`, async () => {
      const { account, namespace } = await measured();
      expect(await valuesOf(account, [math(namespace, expression, metrics)])).toEqual([values]);
    });
  }

  check("expressions that use the same ids do not mix", async () => {
    const { account, namespace } = await measured();
    const asked = [math(namespace, "m + 1", { m: "Sent" }), math(namespace, "m + 1", { m: "Done" })];
    const [sent, done] = await valuesOf(account, asked);
    expect(sent).toEqual([
      [-180, 7],
      [-120, 10],
      [-60, 13],
    ]);
    expect(done).toEqual([
      [-180, 3],
      [-60, 5],
    ]);
  });

  check("more than one call takes are answered, each expression with its metrics", async () => {
    const { account, namespace } = await measured();
    const asked = Array.from({ length: 260 }, (_, index) => math(namespace, `m + ${index}`, { m: "Done" }));
    const values = await valuesOf(account, asked);
    expect(values).toEqual(
      asked.map((_, index) => [
        [-180, 2 + index],
        [-60, 4 + index],
      ]),
    );
  });
}
