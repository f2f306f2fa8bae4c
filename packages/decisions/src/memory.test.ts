import { describe, expect, it } from "vitest";
import {
  action,
  capacity,
  draining,
  input,
  look,
  looks,
  MINUTE,
  metric,
  NOON,
  queued,
  remembered,
  settings,
  tracking,
} from "../../../test/builders/decisions.ts";
import { decide } from "./decide.ts";
import { actionSpan, memorySpan, recentActions, remember } from "./memory.ts";
import type { DecideInput } from "./model.ts";

describe("how far back looks are remembered", () => {
  const short = metric("load", { maxAge: "1m" });
  it.each([
    { what: "the window for lowering", given: { stabilisation: { in: "15m" as const } }, seconds: 900 },
    {
      what: "the window for raising",
      given: { stabilisation: { in: "1m" as const, out: "20m" as const } },
      seconds: 1200,
    },
    {
      what: "the oldest datapoint that may be used",
      given: { policies: [tracking({ signals: [short, metric("x", { maxAge: "30m", period: "5m" })] })] },
      seconds: 2400,
    },
    {
      what: "twice the warm-up",
      given: { stabilisation: { in: "1m" as const }, warmUp: "10m" as const },
      seconds: 1200,
    },
    {
      what: "the demand before a retry storm",
      given: {
        stabilisation: { in: "1m" as const },
        guards: { retryStorm: { errors: metric("errors"), above: 5 } },
      },
      seconds: 600,
    },
    { what: "the oldest queue attributes", given: { policies: [draining({ maxReadingAge: "40m" })] }, seconds: 2520 },
  ])("as far as $what, and 3 ticks", ({ given, seconds }) => {
    const asked = { policies: [tracking({ signals: [short] })], ...given };
    expect(memorySpan(settings(asked), MINUTE)).toBe(seconds + 180);
    expect(memorySpan(settings(asked), 10)).toBe(seconds + 30);
  });
});

describe("how far back changes are remembered", () => {
  const rate = (per: "30m" | "2h") => ({
    allow: [
      { units: 1, per: "1m" as const },
      { percent: 1, per },
    ],
  });
  it.each([
    { what: "an hour", given: {}, seconds: 3600 },
    { what: "an hour at least", given: { rate: { in: rate("30m"), out: rate("30m") } }, seconds: 3600 },
    { what: "the longest period for lowering", given: { rate: { in: rate("2h") } }, seconds: 7200 },
    { what: "the longest period for raising", given: { rate: { out: rate("2h") } }, seconds: 7200 },
    {
      what: "the rest after a rise",
      given: { coolDown: { in: "90m" as const }, warmUp: "45m" as const },
      seconds: 8100,
    },
    { what: "the rest before a rise", given: { coolDown: { out: "90m" as const } }, seconds: 5400 },
    {
      what: "as long as others' changes are left alone",
      given: { foreignWrites: { policy: "hold" as const, duration: "3h" as const } },
      seconds: 10_800,
    },
    {
      what: "an hour when others' changes are left alone for less",
      given: { foreignWrites: { policy: "hold" as const } },
      seconds: 3600,
    },
  ])("$what", ({ given, seconds }) => {
    expect(actionSpan(settings(given))).toBe(seconds);
  });

  it("and no longer, oldest first", () => {
    const [old, young, newest] = [
      action(NOON - 3600, 1, 2),
      action(NOON - 3599, 2, 3),
      action(NOON - 60, 3, 4, "foreign"),
    ];
    expect(recentActions([newest, young, old], settings(), NOON)).toEqual([young, newest]);
  });
});

describe("changes of others", () => {
  const held = settings({ foreignWrites: { policy: "hold", duration: "6h" } });
  const old = [action(NOON - 9000, 1, 2, "foreign"), action(NOON - 8000, 2, 3), action(NOON - 7000, 3, 4, "foreign")];

  it("are all remembered for an hour, and the last one for as long as it must be", () => {
    const young = [action(NOON - 3599, 4, 5, "foreign"), action(NOON - 60, 5, 6, "foreign")];
    expect(recentActions(old, held, NOON)).toEqual([old[1], old[2]]);
    expect(recentActions([...old, ...young], held, NOON)).toEqual([old[1], ...young]);
  });
});

describe("what the next tick remembers", () => {
  const next = (changes: Partial<DecideInput>) => remember(decide(input(changes)));

  it("ends with this look, and what was proposed before limits", () => {
    const { ring } = next({
      settings: settings({ max: 12, rate: { in: { allow: [{ units: 1, per: "1m" }] } } }),
      capacity: capacity(10, 9, 8),
      answers: {},
      memory: remembered({ ring: looks([10]) }),
    });
    expect(ring).toEqual([...looks([10]), { at: NOON, proposal: 10, desired: 10, running: 9, ready: 8 }]);
    expect(next({ capacity: capacity(5) }).ring).toEqual([look(NOON, 5, { proposal: 10 })]);
  });

  it("reaches back as far as it must and no further", () => {
    const span = memorySpan(settings(), MINUTE);
    const ring = [look(NOON - span - 1, 1), look(NOON - span, 2), look(NOON - 60, 3)];
    expect(next({ memory: remembered({ ring }) }).ring.map(({ desired }) => desired)).toEqual([2, 3, 10]);
  });

  it("has each tick once, and none of the future", () => {
    const ring = [look(NOON - 60, 1), look(NOON, 2), look(NOON + 60, 3)];
    expect(next({ memory: remembered({ ring }) }).ring.map(({ at }) => at)).toEqual([NOON - 60, NOON]);
  });

  it("has a gap where the capacity could not be read", () => {
    const memory = remembered({
      ring: looks([4, 4]),
      actions: [action(NOON - 90, 3, 4)],
      drainBy: { jobs: NOON + 60 },
      recorded: { at: NOON - 300, code: "atMax" },
    });
    expect(next({ capacity: { is: "failed", why: "throttled" }, memory })).toEqual(memory);
  });

  it("keeps changes that still matter, and the newest full record", () => {
    const recorded = { at: NOON - 300, code: "atMax" };
    const actions = [action(NOON - 7200, 1, 2), action(NOON - 90, 3, 4)];
    expect(next({ memory: remembered({ actions, recorded }) })).toMatchObject({ actions: actions.slice(1), recorded });
    expect(next({ capacity: { is: "failed", why: "x" }, memory: remembered({ actions }) }).actions).toEqual(
      actions.slice(1),
    );
  });

  it("has the deadlines that policies want to be remembered", () => {
    const given = { settings: settings({ policies: [draining()] }), answers: { "queue jobs": queued(9000) } };
    expect(next(given).drainBy).toEqual({ jobs: NOON + 600 });
    expect(next({ ...given, memory: remembered({ drainBy: { jobs: NOON + 10, gone: NOON } }) }).drainBy).toEqual({
      jobs: NOON + 10,
    });
  });
});
