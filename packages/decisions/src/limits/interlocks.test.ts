import { describe, expect, it } from "vitest";
import { capacity, limiting, NOON, remembered, settings } from "../../../../test/builders/decisions.ts";
import type { OpenInterlock } from "../interlocks/interlock.ts";
import { interlocks } from "../interlocks/registry.ts";
import { busyUnits, interlock, openInterlocks } from "./interlocks.ts";

const fact = { on: true, at: NOON, since: NOON - 60, why: "a rehearsal" };
const drilling = (since?: number) =>
  limiting({ facts: { drill: fact }, memory: remembered(since === undefined ? {} : { interlocks: { drill: since } }) });

describe("an interlock that is open", () => {
  it("is so since the first tick that saw it, as ticks go on", () => {
    const [opened] = openInterlocks(drilling());
    expect(opened).toEqual({ name: "drill", restrains: "in", since: NOON, why: "a rehearsal", over: false });
    expect(openInterlocks(drilling(NOON - 600))).toMatchObject([{ since: NOON - 600, over: false }]);
  });

  it("is over after its maximum age, and stays so as long as it lasts", () => {
    expect(openInterlocks(drilling(NOON - 6 * 3600))).toMatchObject([{ over: false }]);
    expect(openInterlocks(drilling(NOON - 6 * 3600 - 1))).toMatchObject([{ over: true }]);
  });

  it("begins anew after it was closed", () => {
    expect(openInterlocks(limiting({ memory: remembered({ interlocks: { drill: NOON - 600 } }) }))).toEqual([]);
  });
});

describe("what is open", () => {
  const open = (restrains: "in" | "out", changes: Partial<OpenInterlock> = {}): OpenInterlock => ({
    ...{ name: "drill", since: NOON - 60, why: "a rehearsal", restrains, over: false, ...changes },
  });
  const bound = (to: number, ...found: OpenInterlock[]) => interlock(to, limiting({ interlocks: found }))?.capacity;

  it.each([
    { what: "in keeps from lowering", locks: [open("in")], lower: 10, higher: undefined },
    { what: "out keeps from raising", locks: [open("out")], lower: undefined, higher: 10 },
    { what: "in both keeps from both", locks: [open("in"), open("out")], lower: 10, higher: 10 },
    { what: "and over keeps from nothing", locks: [open("in", { over: true })], lower: undefined, higher: undefined },
    { what: "and over leaves the next", locks: [open("in", { over: true }), open("in")], lower: 10, higher: undefined },
    { what: "not keeps from nothing", locks: [], lower: undefined, higher: undefined },
  ])("$what", ({ locks, lower, higher }) => {
    expect([bound(4, ...locks), bound(12, ...locks), bound(10, ...locks)]).toEqual([lower, higher, undefined]);
  });

  it("is named, the first of several", () => {
    const found = [open("out"), open("in", { name: "release", since: NOON - 5 }), open("in")];
    expect(interlock(4, limiting({ interlocks: found }))?.reason).toEqual({
      code: "interlockIn",
      data: { interlock: "release", since: NOON - 5, why: "a rehearsal", capacity: 4 },
    });
    expect(interlock(14, limiting({ interlocks: found }))?.reason.code).toBe("interlockOut");
  });
});

describe("interlocks", () => {
  it("have a name each, one direction, and an end", () => {
    expect(interlocks.map(({ name, restrains, maxAge }) => [name, restrains, maxAge / 60])).toEqual([
      ["deployment", "in", 120],
      ["drill", "in", 360],
      ["release", "in", 60],
      ["fleet-brake", "in", 30],
      ["retry-storm", "in", 30],
      ["database-lag", "out", 60],
      ["capacity-did-not-arrive", "out", 60],
    ]);
  });

  it("are none where every source is absent: that is not false, and it restrains nothing", () => {
    const everyGuard = settings({
      guards: {
        downstream: { database: "orders" },
        retryStorm: {
          errors: { source: "cloudwatch", namespace: "App", metric: "errors", statistic: "Sum" },
          above: 0,
        },
      },
    });
    expect(openInterlocks(limiting({ settings: everyGuard }))).toEqual([]);
  });
});

describe("busy units", () => {
  const bound = (to: number, busy: number | undefined, desired = 10) =>
    busyUnits(
      to,
      limiting({ desired, capacity: { ...capacity(desired), ...(busy === undefined ? {} : { protected: busy }) } }),
    );

  it.each([
    { what: "are not taken", to: 2, busy: 3, is: 3 },
    { what: "leave room for the rest to go", to: 5, busy: 3, is: undefined },
    { what: "leave room for all of the rest to go", to: 3, busy: 3, is: undefined },
    { what: "may be all", to: 2, busy: 30, is: 10 },
    { what: "ask for no more", to: 12, busy: 30, is: undefined },
    { what: "may be none", to: 2, busy: 0, is: undefined },
    { what: "may be unknown", to: 2, busy: undefined, is: undefined },
  ])("$what", ({ to, busy, is }) => {
    expect(bound(to, busy)?.capacity).toBe(is);
  });

  it("are counted in the reason", () => {
    expect(bound(2, 3)?.reason).toEqual({ code: "protectedUnits", data: { capacity: 2, busy: 3 } });
  });
});
