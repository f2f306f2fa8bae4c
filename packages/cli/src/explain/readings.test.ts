import { describe, expect, it } from "vitest";
import {
  draining,
  input,
  keyOf,
  lately,
  metric,
  NOON,
  queued,
  series,
  settings,
  tracking,
} from "../../../../test/builders/decisions.ts";
import { readingSays, readingsOf } from "./readings.ts";

const key = keyOf("load");
const said = (asked: ReturnType<typeof input>) =>
  readingsOf(asked).map(({ reading }) => readingSays(reading, asked.now));

describe("readings", () => {
  it.each([
    [lately(1234.5), "1,235 (1 min from 2026-01-01 11:59:00Z, ended just now)"],
    [series([[NOON - 180, 5]]), "5 (1 min from 2026-01-01 11:57:00Z, ended 2 min ago)"],
    [series([[NOON - 30, 5]]), "notYet: no period is over and settled"],
    [series([]), "none: no datapoints, and missing is not zero"],
    [series([[NOON - 3600, 5]]), "stale: its newest period ended 59 min ago"],
    [{ is: "failed" as const, why: "AccessDenied" }, "failed: AccessDenied"],
    [lately("NaN"), "failed: it reported NaN"],
  ])("of %j", (answer, says) => {
    expect(said(input({ answers: { [key]: answer } }))).toEqual([says]);
  });

  it("name how many units sent samples", () => {
    const answer = { is: "series" as const, period: 60, points: [{ at: NOON - 60, value: 7, units: 1 }] };
    expect(said(input({ answers: { [key]: answer } }))[0]).toMatch(/^7 from 1 unit \(/);
  });

  it("say that a value above its range may not lower", () => {
    const signals = [metric("load", { range: [0, 100] })];
    const asked = input({ settings: settings({ policies: [tracking({ signals })] }), answers: { [key]: lately(130) } });
    expect(said(asked)[0]).toMatch(/^100 .*it may raise but not lower$/);
  });

  it("take absence as zero only where the sibling is alive", () => {
    const signals = [metric("load", { zeroWhile: metric("requests") })];
    const answers = { [key]: series([]), [keyOf("requests")]: lately(9) };
    const asked = input({ settings: settings({ policies: [tracking({ signals })] }), answers });
    expect(readingsOf(asked).map(({ signal, reading }) => [signal, reading.is === "value" && reading.value])).toEqual([
      [key, 0],
      [keyOf("requests"), 9],
    ]);
  });

  it("of a queue", () => {
    const asked = input({
      ...{ now: NOON + 5, settings: settings({ policies: [draining()] }) },
      answers: { "queue jobs": queued(12, 3, 1) },
    });
    expect(said(asked)[0]).toBe("12 visible, 3 in flight, 1 delayed (5 s ago)");
  });
});
