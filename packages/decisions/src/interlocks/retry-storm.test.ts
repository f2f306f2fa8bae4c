import { describe, expect, it } from "vitest";
import {
  known,
  limiting,
  look,
  looks,
  metric,
  NOON,
  remembered,
  settings,
} from "../../../../test/builders/decisions.ts";
import { retryStorm } from "./retry-storm.ts";

const guarded = settings({ guards: { retryStorm: { errors: metric("errors"), above: 50 } } });
const busy = remembered({ ring: looks([20, 20, 20]) });

/** Whether it is open when 20 were asked for until now and `combined` are, with so many errors. */
function open(changes: Partial<Parameters<typeof limiting>[0]> & { errors?: number | undefined } = {}) {
  const { errors = 80, ...rest } = changes;
  const context = { settings: guarded, memory: busy, combined: 4, readings: { errors: known(errors) }, ...rest };
  return retryStorm.open(limiting(context)) !== undefined;
}

describe("a retry storm", () => {
  it("is there when demand collapses among errors", () => {
    expect(
      retryStorm.open(limiting({ settings: guarded, memory: busy, combined: 4, readings: { errors: known(80) } })),
    ).toBe("demand collapsed while there are 80 errors a period");
    expect(retryStorm.restrains).toBe("in");
  });

  it.each([
    { what: "no more errors than usual", changes: { errors: 50 }, is: false },
    { what: "more errors than usual", changes: { errors: 51 }, is: true },
    { what: "half of the demand", changes: { combined: 10 }, is: false },
    { what: "less than half of it", changes: { combined: 9 }, is: true },
    { what: "errors that are unknown", changes: { readings: {} }, is: false },
    {
      what: "errors that failed to be read",
      changes: { readings: { errors: { is: "failed" as const, why: "x" } } },
      is: false,
    },
    { what: "no guard", changes: { settings: settings() }, is: false },
    { what: "nothing remembered", changes: { memory: remembered() }, is: false },
  ])("with $what: $is", ({ changes, is }) => {
    expect(open(changes)).toBe(is);
  });

  it("compares with the highest proposal that lowering looks back on, and with 10 minutes at least", () => {
    const at = (ago: number) => remembered({ ring: [look(NOON - ago, 20), look(NOON - 60, 4)] });
    expect(open({ memory: at(600) })).toBe(true);
    expect(open({ memory: at(601) })).toBe(false);
    const patient = settings({ ...guards, stabilisation: { in: "20m" } });
    expect(open({ memory: at(1200), settings: patient })).toBe(true);
    expect(open({ memory: at(1201), settings: patient })).toBe(false);
  });

  it("compares with what was asked for, not with what was set", () => {
    expect(open({ memory: remembered({ ring: looks([20, 20], { proposal: 4 }) }) })).toBe(false);
    expect(open({ memory: remembered({ ring: looks([20, 20], { proposal: null }) }), combined: 1 })).toBe(false);
  });

  it("goes on while there are errors, when the demand before is long forgotten", () => {
    const later = { ring: looks([20, 20], { proposal: 4 }), interlocks: { "retry-storm": NOON - 900 } };
    expect(open({ memory: remembered(later) })).toBe(true);
    expect(open({ memory: remembered(later), errors: 0 })).toBe(false);
  });

  it("is over when half of what is set is asked for again, so that the next one is seen", () => {
    const later = { ring: looks([20, 20], { proposal: 4 }), interlocks: { "retry-storm": NOON - 900 } };
    expect(open({ memory: remembered(later), desired: 20, combined: 9 })).toBe(true);
    expect(open({ memory: remembered(later), desired: 20, combined: 10 })).toBe(false);
  });

  it("is over after half an hour, whatever errors remain", () => {
    const since = (ago: number) => ({ ring: looks([20], { proposal: 4 }), interlocks: { "retry-storm": NOON - ago } });
    expect(open({ memory: remembered(since(1800)) })).toBe(true);
    expect(open({ memory: remembered(since(1801)) })).toBe(false);
  });
});

const guards = { guards: { retryStorm: { errors: metric("errors"), above: 50 } } };
