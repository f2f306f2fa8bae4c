import { describe, expect, it } from "vitest";
import { keyOf, MINUTE, metric, NOON, series, settings, tracking } from "../../builders/decisions.ts";
import { codes, drive, told } from "../drive.ts";

describe("case 12: traffic falls by 95 % within two minutes while errors rise", () => {
  const guarded = settings({
    stabilisation: { in: "1m" },
    guards: { retryStorm: { errors: metric("errors", { zeroWhile: requests() }), above: 100 } },
  });

  function requests() {
    return { source: "cloudwatch" as const, namespace: "App", metric: "load", statistic: "Average" as const };
  }

  it("holds, and the clients who come back find what they need", () => {
    const target = drive(guarded, { desired: 40 });
    target.ticks(10, { metrics: { load: 400, errors: null } });
    expect(target.desired).toBe(40);
    const storm = target.tick({ metrics: { load: 20, errors: 500 } });
    expect(codes(target.tick({ metrics: { load: 20, errors: 500 } }))).toEqual(["belowTarget", "interlockIn"]);
    expect(told(storm)).toEqual(["retry-storm"]);
    expect(target.ticks(15, { metrics: { load: 20, errors: 500 } })).toEqual(Array(15).fill(40));
    expect(target.ticks(3, { metrics: { load: 400, errors: 0 } })).toEqual([40, 40, 40]);
  });

  it("does not hold once errors are over, nor for ever", () => {
    const over = drive(guarded, { desired: 40 });
    over.ticks(10, { metrics: { load: 400, errors: null } });
    over.ticks(3, { metrics: { load: 20, errors: 500 } });
    expect(over.ticks(2, { metrics: { load: 20, errors: null } }).at(-1)).toBe(2);

    const endless = drive(guarded, { desired: 40 });
    endless.ticks(10, { metrics: { load: 400, errors: null } });
    expect(endless.ticks(40, { metrics: { load: 20, errors: 500 } }).indexOf(2)).toBe(31);
  });

  it("is no storm when nobody comes and nothing fails", () => {
    const target = drive(guarded, { desired: 40 });
    target.ticks(10, { metrics: { load: 400, errors: null } });
    expect(target.ticks(3, { metrics: { load: 20, errors: null } }).at(-1)).toBe(2);
  });
});

describe("a database that lags", () => {
  const writer = settings({ min: 4, guards: { downstream: { database: "orders" } } });
  const lagging = (at: number) => ({ lagging: { orders: { on: true, at, since: NOON, why: "90 s behind" } } });

  it("has no writers added, and gets them when it has caught up", () => {
    const target = drive(writer);
    for (let tick = 0; tick < 5; tick += 1) target.tick({ metrics: { load: 300 }, facts: lagging(target.at) });
    expect(target.desired).toBe(10);
    expect(target.ticks(1, { metrics: { load: 300 } })).toEqual([30]);
  });

  it("is no reason for fewer than the minimum, nor to keep what is not needed", () => {
    const few = drive(writer, { desired: 2 });
    few.tick({ metrics: { load: 300 }, facts: lagging(few.at) });
    expect(few.desired).toBe(4);
    const many = drive(writer);
    many.tick({ metrics: { load: 60 }, facts: lagging(many.at) });
    expect(many.desired).toBe(6);
  });

  it("restrains nobody while its verdict is unknown, or an hour after it began", () => {
    expect(drive(writer).ticks(1, { metrics: { load: 300 }, facts: {} })).toEqual([30]);
    const target = drive(writer);
    const after = Array.from({ length: 63 }, () => {
      target.tick({ metrics: { load: 300 }, facts: lagging(target.at) });
      return target.desired;
    });
    expect(after.indexOf(30)).toBe(61);
  });
});

describe("units that do not arrive", () => {
  const average = settings({ max: 100, warmUp: "2m", policies: [tracking({ of: "average", target: 60 })] });

  it("are asked for once, and then a person is told instead", () => {
    const total = settings({ max: 100, warmUp: "2m" });
    const target = drive(total, { startUp: 1e6 });
    const load = [150, 160, 170, 180, 190, 200, 210, 220];
    const records = load.map((each) => target.tick({ metrics: { load: each } }));
    expect(records.flatMap(told)).toEqual(["capacity-did-not-arrive"]);
    expect(target.desired).toBe(18);
  });

  it("that arrive in time are not missed", () => {
    const target = drive(settings({ max: 100, warmUp: "2m" }), { startUp: 180 });
    expect(target.ticks(5, { metrics: { load: 150 } })).toEqual([15, 15, 15, 15, 15]);
    expect(target.ticks(1, { metrics: { load: 250 } })).toEqual([25]);
  });

  it("do not make an average ask for ever more", () => {
    const target = drive(average, { startUp: 1e6 });
    target.ticks(3, { metrics: { load: 60 } });
    expect(target.ticks(10, { metrics: { load: 90 } })).toEqual(Array(10).fill(15));
  });
});

describe("a slow database that drives its clients to their maximum", () => {
  const objective = {
    ...{ kind: "objective" as const, slo: 0.99 },
    measure: { by: "errors" as const, failed: metric("failed"), all: metric("all") },
  };
  const given = settings({ max: 100, warmUp: "2m", policies: [tracking(), objective] });
  const hour = (at: number, value: (age: number) => number) =>
    series(Array.from({ length: 60 }, (_, index) => [at - (60 - index) * MINUTE, value(60 - index)]));

  /** So many of 100 requests fail since `began`. */
  const failing = (at: number, began: number, share: number) => ({
    metrics: { load: 100 },
    answers: {
      [keyOf("all")]: hour(at, () => 100),
      [keyOf("failed")]: hour(at, (age) => (at - age * MINUTE >= began ? share : 0)),
    },
  });

  it("is not helped by more of them: after two raises that is told, and the rest is theirs to need", () => {
    const target = drive(given);
    const records = Array.from({ length: 40 }, () => target.tick(failing(target.at, NOON, 60)));
    const seen = records.map(({ decision, input }) => [input.at - NOON, decision.is === "scale" ? decision.to : 0]);
    const changes = seen.filter(([, to]) => to !== 0);
    expect(changes.length).toBeLessThanOrEqual(3);
    expect(Math.max(...changes.map(([, to]) => to ?? 0))).toBe(15);
    expect(records.flatMap(told)).toContain("scaling-does-not-help");
    expect(target.desired).toBe(10);
  });

  it("is not helped by more of them for as long as it lasts, even where nobody else has a say", () => {
    const target = drive(settings({ max: 1000, warmUp: "2m", policies: [objective] }));
    const largest = Array.from({ length: 300 }, () => {
      target.tick(failing(target.at, NOON, 60));
      return target.desired;
    });
    expect(Math.max(...largest)).toBe(15);
  });

  it("is another story when capacity helps", () => {
    const target = drive(given);
    let share = 60;
    for (let tick = 0; tick < 20; tick += 1) {
      target.tick(failing(target.at, NOON, share));
      if (target.desired > 10) share = 0;
    }
    expect(target.desired).toBe(10);
    expect(target.memory.boosts).toEqual({});
  });
});
