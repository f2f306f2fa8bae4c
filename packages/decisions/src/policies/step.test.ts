import { fc, test } from "@fast-check/vitest";
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
} from "../../../../test/builders/decisions.ts";
import type { Known, Unknown } from "../readings.ts";
import { changed, propose, settings, signals } from "./step.ts";

type StepInput = Parameters<typeof settings.decode>[0]["steps"][number];

/** AWS's own example: nothing between 40 and 60, more from 60 on and much more from 80, less below 40. */
const steps: StepInput[] = [
  { to: 40, change: { percent: -10 } },
  { from: 60, to: 80, change: { percent: 10 } },
  { from: 80, change: { percent: 30 } },
];

function policy(given: StepInput[] = steps) {
  return settings.decode({ kind: "step", signals: [metric("cpu"), metric("spare")], steps: given });
}

type Seen = { cpu?: Known | Unknown; spare?: Known | Unknown; desired?: number; running?: number; ran?: number };

/** What is proposed when `ran` units ran in the last minutes, `desired` are set now and `running` run. */
function run({ cpu, spare, ran = 10, desired = ran, running = desired }: Seen, given?: StepInput[]) {
  const readings = { ...(cpu === undefined ? {} : { cpu }), ...(spare === undefined ? {} : { spare }) };
  const memory = remembered({ ring: looks([ran, ran, ran, ran]) });
  return propose(policy(given), proposing({ desired, running, ready: running, readings, memory })).proposal;
}

function proposed(seen: Seen, given?: StepInput[]): number | string {
  const proposal = run(seen, given);
  return proposal.is === "proposes" ? proposal.capacity : proposal.reason.code;
}

describe("a change by per cent is rounded as AWS does", () => {
  // Application Auto Scaling's user guide: 12.7 → 12, 0.67 → 1, −0.58 → −1, −6.67 → −6.
  it.each([
    { base: 127, percent: 10, by: 12 },
    { base: 67, percent: 1, by: 1 },
    { base: 58, percent: -1, by: -1 },
    { base: 667, percent: -1, by: -6 },
    { base: 100, percent: 10, by: 10 },
    { base: 100, percent: -10, by: -10 },
    { base: 10, percent: 0, by: 0 },
    { base: 0, percent: 50, by: 0 },
  ])("$base and $percent % is $by", ({ base, percent, by }) => {
    expect(changed(base, { percent, atLeast: 1 })).toBe(base + by);
  });

  it("and is at least so many units", () => {
    expect(changed(10, { percent: 10, atLeast: 3 })).toBe(13);
    expect(changed(10, { percent: -10, atLeast: 3 })).toBe(7);
    expect(changed(100, { percent: 10, atLeast: 3 })).toBe(110);
  });
});

describe("a change by units", () => {
  it("adds or takes them, or sets them, and never less than none", () => {
    expect(changed(10, { units: 3 })).toBe(13);
    expect(changed(10, { units: -3 })).toBe(7);
    expect(changed(2, { units: -3 })).toBe(0);
    expect(changed(10, { exactly: 4 })).toBe(4);
  });

  const change = fc.oneof(
    fc.record({ units: fc.integer() }),
    fc.record({ percent: fc.double({ noNaN: true, noDefaultInfinity: true }), atLeast: fc.constant(1) }),
  );
  const base = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  test.prop([base, base, change])(
    "never leads from more to less, and always to a number of units",
    (one, other, how) => {
      const [less, more] = [changed(Math.min(one, other), how), changed(Math.max(one, other), how)];
      expect(more).toBeGreaterThanOrEqual(less);
      for (const units of [less, more]) expect(Number.isSafeInteger(units) && units >= 0).toBe(true);
    },
  );
});

describe("the step of a value", () => {
  it.each([
    { cpu: 0, is: 9 },
    { cpu: 39.9, is: 9 },
    { cpu: 40, is: "noStep" },
    { cpu: 59.9, is: "noStep" },
    { cpu: 60, is: 11 },
    { cpu: 79.9, is: 11 },
    { cpu: 80, is: 13 },
    { cpu: 1000, is: 13 },
  ])("$cpu leads from 10 to $is", ({ cpu, is }) => {
    expect(proposed({ cpu: known(cpu) })).toBe(is);
  });

  it("that there is not asks for nothing, which keeps nobody from lowering", () => {
    expect(run({ cpu: known(50) })).toMatchObject({ is: "satisfied", reason: { code: "noStep", data: { value: 50 } } });
  });

  it("that changes nothing keeps what there is, whatever runs", () => {
    const keeping = [{ change: { units: 0 } }];
    expect(proposed({ cpu: known(50) }, keeping)).toBe(10);
    expect(proposed({ cpu: known(50), ran: 10, desired: 12, running: 10 }, keeping)).toBe(12);
    expect(proposed({ cpu: known(50), ran: 10, desired: 8, running: 10 }, keeping)).toBe(8);
  });

  it("is explained", () => {
    expect(run({ cpu: known(90) }).reason).toEqual({
      code: "stepTaken",
      data: { signal: "App cpu {} Average 60s", value: 90, base: 10, capacity: 13, desired: 10 },
    });
  });
});

describe("a late datapoint", () => {
  it("is not acted on twice: raising starts from the units of its own period", () => {
    expect(proposed({ cpu: known(90), ran: 10, desired: 13 })).toBe(13);
    expect(proposed({ cpu: known(90), ran: 10, desired: 12 })).toBe(13);
  });

  it("is not acted on twice on the way down either", () => {
    expect(proposed({ cpu: known(20), ran: 10, desired: 9 })).toBe(9);
    expect(proposed({ cpu: known(20), ran: 10, desired: 9, running: 10 })).toBe(9);
  });

  it("never lowers when it asks for more, nor raises when it asks for less", () => {
    expect(proposed({ cpu: known(90), ran: 10, desired: 30 })).toBe(30);
    expect(proposed({ cpu: known(20), ran: 20, desired: 9 })).toBe(9);
  });

  it("of a time of which nothing is remembered makes blind", () => {
    expect(proposed({ cpu: known(90, { at: NOON - 30 * MINUTE }) })).toBe("capacityThenUnknown");
  });

  test.prop([fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })])(
    "once acted on asks for nothing more",
    (cpu, ran, desired) => {
      const first = run({ cpu: known(cpu), ran, desired, running: ran });
      if (first.is !== "proposes") return;
      const again = run({ cpu: known(cpu), ran, desired: first.capacity, running: ran });
      expect(again).toMatchObject({ is: "proposes", capacity: first.capacity });
    },
  );
});

describe("units on their way", () => {
  it("are not asked for again, because raising counts what served", () => {
    const memory = remembered({ ring: looks([13, 13, 13], { ready: 10 }) });
    const given = { desired: 13, running: 13, ready: 10, memory, readings: { cpu: known(90) } };
    expect(propose(policy(), proposing(given)).proposal).toMatchObject({ capacity: 13 });
    const worse: StepInput[] = [{ from: 80, change: { units: 8 } }];
    expect(propose(policy(worse), proposing(given)).proposal).toMatchObject({ capacity: 18 });
  });

  it("count on the way down: all there were have to be too many", () => {
    const memory = remembered({ ring: looks([13, 13, 13], { ready: 10 }) });
    const given = { desired: 13, running: 13, ready: 10, memory, readings: { cpu: known(20) } };
    expect(propose(policy(), proposing(given)).proposal).toMatchObject({ capacity: 12 });
  });
});

describe("lowering", () => {
  it("says below which capacity the value would be in a step that raises", () => {
    // 30 × 10 = 300 units' worth: at 5 units that is 60, which raises; at 6 it is 50.
    expect(run({ cpu: known(30) })).toMatchObject({ capacity: 9, breachBelow: 6 });
    expect(run({ cpu: known(35) })).toMatchObject({ capacity: 9, breachBelow: 6 });
    expect(run({ cpu: known(36) })).toMatchObject({ capacity: 9, breachBelow: 7 });
  });

  it("has no such capacity where nothing is lowered", () => {
    expect(run({ cpu: known(30), desired: 9, running: 10 })).not.toHaveProperty("breachBelow");
    expect(run({ cpu: known(90) })).not.toHaveProperty("breachBelow");
  });

  it("has no such capacity where no step above raises", () => {
    expect(run({ cpu: known(30) }, [{ to: 40, change: { units: -1 } }])).not.toHaveProperty("breachBelow");
    const keeping: StepInput[] = [
      { to: 40, change: { units: -1 } },
      { from: 60, change: { units: 0 } },
    ];
    expect(run({ cpu: known(30) }, keeping)).not.toHaveProperty("breachBelow");
    const spare: StepInput[] = [
      { to: 20, change: { units: 2 } },
      { from: 60, change: { units: -1 } },
    ];
    expect(run({ cpu: known(70) }, spare)).not.toHaveProperty("breachBelow");
  });

  it("does not happen by a value that must not lower", () => {
    expect(proposed({ cpu: known(20, { mayLower: false }) })).toBe("counterReset");
    expect(proposed({ cpu: known(90, { mayLower: false }) })).toBe(13);
  });
});

describe("signals", () => {
  it("are asked for in order, and the first that can be trusted is used", () => {
    expect(signals(policy()).map(nameOf)).toEqual(["cpu", "spare"]);
    expect(proposed({ cpu: { is: "notYet" }, spare: known(90) })).toBe(13);
    expect(proposed({ cpu: known(20), spare: known(90) })).toBe(9);
  });

  it("of which none can be trusted make blind, and the first is named", () => {
    expect(run({ spare: { is: "notYet" } })).toEqual({
      is: "blind",
      reason: { code: "noData", data: { signal: "App cpu {} Average 60s" } },
    });
  });
});

describe("steps", () => {
  const problems = (given: StepInput[]) =>
    settings
      .safeDecode({ kind: "step", signals: [metric("cpu")], steps: given })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);

  it.each<{ what: string; given: StepInput[]; found: [string, string][] | undefined }>([
    { what: "may touch, and leave room", given: steps, found: undefined },
    { what: "may come in any order", given: steps.toReversed(), found: undefined },
    {
      what: "may touch in any order",
      given: [
        { from: 60, change: { units: 1 } },
        { from: 50, to: 60, change: { units: 0 } },
      ],
      found: undefined,
    },
    { what: "need one", given: [], found: [["steps", expect.any(String)]] },
    { what: "go up", given: [{ from: 5, to: 5, change: { units: 1 } }], found: [["steps.0", "needs from below to"]] },
    {
      what: "do not overlap",
      given: [
        { from: 60, change: { units: 1 } },
        { from: 50, to: 61, change: { units: 1 } },
      ],
      found: [["steps.1", "overlaps with step 0"]],
    },
    {
      what: "do not overlap at open ends",
      given: [{ change: { units: 1 } }, { from: 50, to: 61, change: { units: 1 } }],
      found: [["steps.1", "overlaps with step 0"]],
    },
  ])("$what", ({ given, found }) => {
    expect(problems(given)).toEqual(found);
  });
});
