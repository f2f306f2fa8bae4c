import { describe, expect, it } from "vitest";
import {
  known,
  looks,
  MINUTE,
  metric,
  NOON,
  nameOf,
  proposing,
  remembered,
  tracking,
} from "../../../../test/builders/decisions.ts";
import { propose, settings, signals } from "./target-tracking.ts";

type Policy = Parameters<typeof tracking>[0];
type Seen = Parameters<typeof proposing>[0];

function proposal(policy: Policy, seen: Seen) {
  return propose(settings.decode(tracking(policy)), proposing(seen)).proposal;
}

/** The gist of a proposal: how many units, and the code of the reason. */
function gist(policy: Policy, seen: Seen) {
  const said = proposal(policy, seen);
  return said.is === "proposes" ? [said.capacity, said.reason.code] : [said.is, said.reason.code];
}

/** Looks of the last three minutes with the same units in each. */
const had = (running: number, ready = running) => remembered({ ring: looks([running, running, running], { ready }) });

describe("a total", () => {
  it.each([
    { load: 100, desired: 10, says: [10, "withinTolerance"] },
    { load: 101, desired: 10, says: [11, "aboveTarget"] },
    { load: 110, desired: 10, says: [11, "aboveTarget"] },
    { load: 90, desired: 10, says: [9, "belowTarget"] },
    { load: 81, desired: 10, says: [9, "belowTarget"] },
    { load: 0, desired: 10, says: [0, "belowTarget"] },
    { load: 1, desired: 0, says: [1, "aboveTarget"] },
    { load: 0, desired: 0, says: [0, "withinTolerance"] },
    { load: 1e308, desired: 10, says: [Number.MAX_SAFE_INTEGER, "aboveTarget"] },
  ])("of $load at 10 a unit, with $desired set: $says", ({ load, desired, says }) => {
    expect(gist({}, { desired, readings: { load: known(load) } })).toEqual(says);
  });

  it("knows no units of the past", () => {
    const seen = { readings: { load: known(200, { units: 1 }) }, running: 3, ready: 1, memory: had(5) };
    expect(gist({}, seen)).toEqual([20, "aboveTarget"]);
  });

  it("is not multiplied by floating point", () => {
    expect(gist({ target: 0.1 }, { desired: 3, readings: { load: known(0.1 * 3) } })).toEqual([3, "withinTolerance"]);
    expect(gist({ target: 0.1 }, { desired: 7, readings: { load: known(0.7) } })).toEqual([7, "roundedUp"]);
  });

  it("stays a number when its target is all but 0", () => {
    const seen = { desired: 10, memory: had(10, 0), readings: { load: known(1e308) } };
    expect(gist({ target: 1e-300 }, seen)).toEqual([Number.MAX_SAFE_INTEGER, "aboveTarget"]);
    expect(gist({ target: 1e-300, of: "average" }, seen)).toEqual([10, "notAllReported"]);
  });
});

describe("tolerance", () => {
  const tolerance = { in: 0.2, out: 0.1 };
  it.each([
    { load: 110, says: [10, "withinTolerance"] },
    { load: 110.1, says: [12, "aboveTarget"] },
    { load: 80, says: [10, "withinTolerance"] },
    { load: 79.9, says: [8, "belowTarget"] },
  ])("of 10 % out and 20 % in, at a load of $load: $says", ({ load, says }) => {
    expect(gist({ tolerance }, { readings: { load: known(load) } })).toEqual(says);
  });

  it("is named by its direction", () => {
    expect(proposal({ tolerance }, { readings: { load: known(105) } }).reason.data).toMatchObject({ tolerance: 0.1 });
    expect(proposal({ tolerance }, { readings: { load: known(95) } }).reason.data).toMatchObject({ tolerance: 0.2 });
    expect(proposal({ tolerance }, { readings: { load: known(100) } }).reason.data).toMatchObject({ tolerance: 0.2 });
  });

  it("is 10 % downwards and none upwards when none is given", () => {
    const { tolerance: given } = settings.decode({ ...tracking(), tolerance: undefined });
    expect(given).toEqual({ in: 0.1, out: 0 });
  });

  it("keeps nothing at 0 units: any load wakes", () => {
    expect(gist({ tolerance: { in: 1, out: 1 } }, { desired: 0, readings: { load: known(0.1) } })).toEqual([
      1,
      "aboveTarget",
    ]);
  });

  it("does not explain what rounding does", () => {
    expect(proposal({ tolerance }, { desired: 1, readings: { load: known(3) } })).toEqual({
      is: "proposes",
      capacity: 1,
      reason: {
        code: "roundedUp",
        data: { signal: "App load {} Average 60s", value: 3, target: 10, of: "total", desired: 1, units: 0.3 },
      },
    });
  });
});

describe("an average", () => {
  const average = { of: "average" as const, target: 60 };

  it.each([
    { what: "as many as then, in proportion", value: 90, memory: had(10), says: [15, "aboveTarget"] },
    { what: "rounded up", value: 61, memory: had(10), says: [11, "aboveTarget"] },
    { what: "fewer, in proportion", value: 30, memory: had(10), says: [5, "belowTarget"] },
    { what: "exactly on target", value: 60, memory: had(10), says: [10, "withinTolerance"] },
    { what: "a rise that was answered already", value: 150, memory: had(4), says: [10, "withinTolerance"] },
  ])("asks for $what", ({ value, memory, says }) => {
    expect(gist(average, { memory, readings: { load: known(value) } })).toEqual(says);
  });

  it("from before a rise does not overshoot, nor from the minute of the rise", () => {
    const ring = looks([4, 4, 10, 10]);
    const at = (minutes: number) => ({ load: known(150, { at: NOON - minutes * MINUTE }) });
    expect(gist(average, { memory: remembered({ ring }), readings: at(4) })).toEqual([10, "withinTolerance"]);
    expect(gist(average, { memory: remembered({ ring }), readings: at(3) })).toEqual([10, "withinTolerance"]);
    expect(gist(average, { memory: remembered({ ring }), readings: at(2) })).toEqual([25, "aboveTarget"]);
  });

  it("asks for the units of its own minute, not for those of now", () => {
    const readings = { load: known(90, { at: NOON - 2 * MINUTE }) };
    expect(gist(average, { memory: had(4), readings })).toEqual([6, "belowTarget"]);
    expect(gist(average, { memory: had(20), readings })).toEqual([30, "aboveTarget"]);
  });

  it("from the minute of a fall is not multiplied by what there was before it", () => {
    const seen = { desired: 2, running: 2, ready: 2, readings: { load: known(60) } };
    expect(gist(average, { ...seen, memory: had(10) })).toEqual([2, "withinTolerance"]);
  });

  it("counts the look of this very tick", () => {
    const ring = looks([10]);
    const seen = { desired: 10, running: 2, ready: 2, memory: remembered({ ring }), readings: { load: known(90) } };
    expect(proposal(average, seen).reason.data).toMatchObject({ units: 3, most: 15 });
  });

  it("over units that serve not yet counts those as idle on the way up, and not at all on the way down", () => {
    expect(gist(average, { memory: had(10, 5), running: 10, ready: 5, readings: { load: known(90) } })).toEqual([
      10,
      "notAllReported",
    ]);
    expect(gist(average, { memory: had(10, 5), running: 10, ready: 5, readings: { load: known(150) } })).toEqual([
      13,
      "aboveTarget",
    ]);
    expect(gist(average, { memory: had(10, 5), running: 10, ready: 5, readings: { load: known(30) } })).toEqual([
      5,
      "belowTarget",
    ]);
  });

  it("with missing samples takes them as exactly on target on the way down, and as nothing on the way up", () => {
    const four = (value: number) => ({ memory: had(10), readings: { load: known(value, { units: 4 }) } });
    expect(gist(average, four(30))).toEqual([8, "belowTarget"]);
    expect(gist(average, four(120))).toEqual([10, "notAllReported"]);
    expect(gist(average, four(180))).toEqual([12, "aboveTarget"]);
    expect(proposal(average, four(120)).reason.data).toMatchObject({ units: 8, most: 14 });
  });

  it("says nothing where the units of its period are not known", () => {
    const seen = { readings: { load: known(90) } };
    const reason = { code: "capacityThenUnknown", data: { signal: "App load {} Average 60s", at: NOON - MINUTE } };
    expect(proposal(average, seen)).toEqual({ is: "blind", reason });
  });

  it("over no units says nothing", () => {
    const reason = { code: "noUnitsThen", data: { signal: "App load {} Average 60s", at: NOON - MINUTE } };
    expect(proposal(average, { memory: had(0), running: 0, ready: 0, readings: { load: known(0) } })).toEqual({
      is: "blind",
      reason,
    });
    expect(gist(average, { memory: had(5), readings: { load: known(0, { units: 0 }) } })).toEqual([
      "blind",
      "noUnitsThen",
    ]);
  });
});

describe("a value that may not lower", () => {
  const doubtful = (value: number) => ({ readings: { load: known(value, { mayLower: false }) } });
  const range: [number, number] = [0, 50];

  it("raises and keeps all the same", () => {
    expect(gist({}, doubtful(120))).toEqual([12, "aboveTarget"]);
    expect(gist({}, doubtful(100))).toEqual([10, "withinTolerance"]);
  });

  it("does not lower, and says why", () => {
    expect(gist({ signals: [metric("load", { range })] }, doubtful(50))).toEqual(["blind", "aboveRange"]);
    expect(gist({ signals: [metric("load", { range })] }, doubtful(49))).toEqual(["blind", "counterReset"]);
    expect(gist({}, doubtful(50))).toEqual(["blind", "counterReset"]);
  });
});

describe("several signals", () => {
  const two = { signals: [metric("load"), metric("spare", { period: "5m" })] };

  it("are all wanted", () => {
    expect(signals(settings.decode(tracking(two))).map(nameOf)).toEqual(["load", "spare"]);
  });

  it("are used in order: the first that can be trusted", () => {
    expect(gist(two, { readings: { load: known(120), spare: known(300) } })).toEqual([12, "aboveTarget"]);
    expect(gist(two, { readings: { load: { is: "none" }, spare: known(300) } })).toEqual([30, "aboveTarget"]);
  });

  it("are blind together, for the reason of the first", () => {
    const readings = { load: { is: "stale" as const, at: 0, age: 400 }, spare: { is: "none" as const } };
    const reason = { code: "stale", data: { signal: "App load {} Average 60s", age: 400 } };
    expect(proposal(two, { readings })).toEqual({ is: "blind", reason });
  });
});

it.each([
  { reading: { is: "none" as const }, reason: { code: "noData", data: { signal: "App load {} Average 60s" } } },
  { reading: { is: "notYet" as const }, reason: { code: "notYet", data: { signal: "App load {} Average 60s" } } },
  {
    reading: { is: "failed" as const, why: "throttled" },
    reason: { code: "failed", data: { signal: "App load {} Average 60s", why: "throttled" } },
  },
])("a reading that is $reading.is makes the policy blind", ({ reading, reason }) => {
  expect(proposal({}, { readings: { load: reading } })).toEqual({ is: "blind", reason });
});
