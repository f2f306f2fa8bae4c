import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { Invalid } from "./errors.ts";
import { decideInput, nothingRemembered } from "./model.ts";
import { parse } from "./parse.ts";
import { decodeRecord, encodeRecord, type StoredRecord } from "./record.ts";

const policies = [{ kind: "queue", queue: "orders", drainWithin: "5m", secondsPerMessage: 1 }];
const sample = {
  ...{
    target: "web",
    at: 600,
    now: 602,
    tick: 60,
    leases: [],
    facts: {},
    outlooks: {},
    named: [],
    answers: {},
    memory: nothingRemembered,
  },
  capacity: { is: "capacity", at: 600, desired: 4, running: 4, ready: 3 },
  settings: {
    resource: { kind: "ecs-service", cluster: "main", service: "web" },
    ...{ mode: "control", min: 6, max: 9, warmUp: "1.5m", policies },
  },
};
const record: StoredRecord = { ...decide(parse(decideInput, sample, "The sample")), outcome: { is: "none" } };
const json = () => JSON.parse(JSON.stringify(encodeRecord(record)));

describe("a record as JSON", () => {
  test("has durations that people can read", () => {
    expect(encodeRecord(record).input.settings.warmUp).toBe("90s");
  });

  test("comes back as it was, and decides the same again", () => {
    const back = decodeRecord(json());
    expect(back).toStrictEqual(record);
    expect(decide(back.input)).toStrictEqual(decide(record.input));
    expect(back.decision.is).toBe("scale");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("cannot carry %s: it says where", (at) => {
    const wrong = { ...record, outcome: { is: "done" as const, at } };
    expect(() => encodeRecord(wrong)).toThrow(Invalid);
    expect(() => encodeRecord(wrong)).toThrow(/The record of web at 600 cannot be kept: outcome\.at/);
  });

  test("cannot carry it in a reason either", () => {
    const reasons = [{ code: "belowMin" as const, data: { capacity: Number.NaN, min: 1 } }];
    const wrong = { ...record, decision: { is: "scale" as const, sets: "capacity" as const, from: 1, to: 2, reasons } };
    expect(() => encodeRecord(wrong)).toThrow(/decision\.reasons\[0\]/);
  });
});

describe("what is no record is refused, with the place", () => {
  test.each([
    ["another version", { version: 2 }, /version/],
    [
      "an unknown reason",
      { decision: { is: "hold", at: 1, recommended: null, reasons: [{ code: "x", data: {} }] } },
      /decision\.reasons\[0\]/,
    ],
    [
      "a reason named after something in JavaScript",
      { limits: [{ limit: "rate", from: 1, to: 2, reason: { code: "constructor", data: {} } }] },
      /limits\[0\]\.reason/,
    ],
    ["a fraction of a unit", { combined: 1.5 }, /combined/],
    ["an unknown outcome", { outcome: { is: "lost" } }, /outcome\.is/],
    ["an unknown key", { extra: 1 }, /extra/],
  ])("%s", (_, change, place) => {
    const wrong = { ...json(), ...change };
    expect(() => decodeRecord(wrong)).toThrow(Invalid);
    expect(() => decodeRecord(wrong)).toThrow(place);
  });

  test.each([null, undefined, "text", 7, []])("%j", (wrong) => {
    expect(() => decodeRecord(wrong)).toThrow(Invalid);
  });
});
