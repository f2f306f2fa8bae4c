import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY, recorded } from "../../../test/builders/loads.ts";
import { forecast } from "./forecast.ts";
import { begin, coverageOf, judge, relativeError, type Tick, type Trust, type Verdict } from "./trust.ts";

const LEVEL = 0.9;

/** Judges one tick a minute or so, and says what became of it. */
function judgeAll(from: Trust, count: number, every: number, tickOf: (index: number) => Omit<Tick, "at">) {
  let trust = from;
  const events: { after: number; event: NonNullable<Verdict["event"]>; why: string | undefined }[] = [];
  for (let index = 1; index <= count; index += 1) {
    const verdict = judge(trust, { at: from.at + index * every, ...tickOf(index) });
    trust = verdict.trust;
    if (verdict.event !== undefined) events.push({ after: index * every, event: verdict.event, why: verdict.why });
  }
  return { trust, events };
}

const good = { actual: 100, point: 101, upper: 110, naive: 90 };
const trusted = begin(0, LEVEL, "trusted");

describe("a trusted forecast", () => {
  it("stays so while it is good", () => {
    const { trust, events } = judgeAll(trusted, 1440, 60, () => good);
    expect(events).toEqual([]);
    expect(trust).toMatchObject({ is: "trusted", since: 0, at: DAY });
    expect([coverageOf(trust.day), relativeError(trust.day)]).toEqual([expect.closeTo(1, 9), expect.closeTo(0.1, 9)]);
  });

  it("may miss one tick in ten", () => {
    expect(judgeAll(trusted, 1440, 60, (index) => (index % 10 === 0 ? { ...good, actual: 200 } : good)).events).toEqual(
      [],
    );
  });

  it.each([60, 300])(
    "is demoted within the hour when the load is five times what it was, with a tick every %d s",
    (every) => {
      const day = judgeAll(trusted, DAY / every, every, () => good).trust;
      const { events } = judgeAll(day, HOUR / every, every, () => ({ ...good, actual: 500 }));
      expect(events).toEqual(
        [
          {
            after: expect.any(Number),
            event: "demoted",
            why: "50 % of the last hour was at or below the 0.9 quantile",
          },
        ].map((event) => ({
          ...event,
          why: expect.stringContaining("of the last hour was at or below the 0.9 quantile"),
        })),
      );
      expect(events[0]?.after).toBeLessThanOrEqual(HOUR);
      expect(events[0]?.after).toBeGreaterThan(HOUR / 4);
    },
  );

  it.each<[string, Omit<Tick, "at">, string]>([
    ["it is worse than yesterday", { ...good, naive: 99.2 }, "its error is 1.25 times that of repeating yesterday"],
    ["a third is above its quantile", good, "of the last day was at or below the 0.9 quantile"],
  ])("is demoted in a day when %s", (why, tick, says) => {
    const third = why.startsWith("a third");
    const tickOf = (index: number) => (third && index % 3 === 0 ? { ...tick, actual: 111, naive: 60 } : tick);
    const { events } = judgeAll(trusted, 1500, 60, tickOf);
    expect(events[0]).toMatchObject({ event: "demoted", why: expect.stringContaining(says) });
    expect(events[0]?.after).toBeGreaterThan(HOUR);
  });

  it("is not demoted by errors before a whole day was judged", () => {
    const { events } = judgeAll(trusted, 1500, 60, () => ({ ...good, naive: 99.9 }));
    expect(events[0]?.after).toBeGreaterThan(0.95 * DAY);
  });

  it("stays so while repeating yesterday is a little better, however long", () => {
    const { events } = judgeAll(trusted, 7 * 288, 300, () => ({ ...good, point: 110, upper: 120, naive: 109.1 }));
    expect(events).toEqual([]);
  });

  it.each([60, 300])("is demoted within the hour when the load falls to a fifth, with a tick every %d s", (every) => {
    const day = judgeAll(trusted, DAY / every, every, () => good).trust;
    const { events } = judgeAll(day, HOUR / every, every, () => ({ ...good, actual: 20 }));
    expect(events).toEqual([{ after: expect.any(Number), event: "demoted", why: expect.any(String) }]);
    expect(events[0]?.why).toMatch(/^the load fell far below it: over the last hour it was [\d.]+, the error [\d.]+$/);
    expect(events[0]?.after).toBeGreaterThan(HOUR / 4);
  });

  it("is not demoted for a fall that repeating yesterday would have missed by more", () => {
    const day = judgeAll(trusted, 288, 300, () => good).trust;
    expect(judgeAll(day, 24, 300, () => ({ ...good, actual: 50, naive: 200 })).events).toEqual([]);
  });

  it("of bursts is not demoted for the hours between them", () => {
    const burst = { actual: 100, point: 20, upper: 110, naive: 20 };
    const tickOf = (index: number) => (index % 30 < 5 ? burst : { ...burst, actual: 4 });
    expect(judgeAll(trusted, 3 * 288, 300, tickOf).events).toEqual([]);
  });

  it("is judged by its coverage alone while nobody knows what yesterday was like", () => {
    const unknown = { ...good, naive: undefined };
    expect(judgeAll(trusted, 3 * 1440, 60, () => ({ ...unknown, point: 108 })).events).toEqual([]);
    const { events } = judgeAll(trusted, 1440, 60, (index) => ({ ...unknown, actual: index % 3 === 0 ? 111 : 100 }));
    expect(events[0]).toMatchObject({
      event: "demoted",
      why: expect.stringContaining("of the last day was at or below"),
    });
    const shifted = judgeAll(trusted, 60, 60, () => ({ ...unknown, actual: 500 })).events;
    expect(shifted[0]).toMatchObject({
      event: "demoted",
      why: expect.stringContaining("of the last hour was at or below"),
    });
  });

  it("is not blamed for the errors of times of which yesterday is not known", () => {
    const known = { actual: 100, point: 109, upper: 120, naive: 110 };
    const tickOf = (index: number) => (index % 10 === 0 ? known : { ...known, point: 118, naive: undefined });
    const { events, trust } = judgeAll(trusted, 3 * 1440, 60, tickOf);
    expect(events).toEqual([]);
    expect(relativeError(trust.day)).toBeCloseTo(0.9, 9);
  });

  it("is demoted in less than half an hour by what is more than twice its quantile, and later by less", () => {
    const before = judgeAll(trusted, 1440, 60, () => good).trust;
    const demotedBy = (actual: number) => judgeAll(before, 120, 60, () => ({ ...good, actual })).events[0];
    expect(demotedBy(221)?.after).toBeLessThan(20 * 60);
    expect(demotedBy(221)?.why).toMatch(/ at or below the 0\.9 quantile, and \d+ % at more than 2 times as much$/);
    expect(demotedBy(219)?.after).toBeGreaterThan(35 * 60);
    expect(demotedBy(219)?.why).toMatch(/ at or below the 0\.9 quantile$/);
  });

  it.each([
    { what: "a quarter of an hour of a good day", good: 1440, minutes: 15 },
    { what: "a quarter of an hour soon after the beginning", good: 25, minutes: 15 },
  ])("is not demoted by a burst of $what", ({ good: before, minutes }) => {
    const tickOf = (index: number) => (index > before && index <= before + minutes ? { ...good, actual: 500 } : good);
    expect(judgeAll(trusted, before + minutes + 5, 60, tickOf).events).toEqual([]);
  });

  it("is not judged by a pause, by a tick twice, or by what is no number", () => {
    const { trust } = judgeAll(trusted, 60, 60, () => good);
    expect(judge(trust, { at: trust.at, ...good, actual: 900 }).trust).toEqual(trust);
    for (const actual of [Number.NaN, 1e200]) {
      expect(judge(trust, { at: trust.at + 60, ...good, actual }).trust).toEqual(trust);
    }
    const late = judge(trust, { at: trust.at + DAY, ...good, actual: 900 });
    expect(late.event).toBeUndefined();
    expect(coverageOf(late.trust.hour)).toBeGreaterThan(0.6);
  });

  it("is not blamed for being above a saturated load", () => {
    const saturated = { ...good, actual: 50, point: 100, naive: 50, saturated: true };
    expect(judgeAll(trusted, 1440, 60, () => saturated).events).toEqual([]);
  });

  it("of a load that never changes is not demoted for being no better than yesterday", () => {
    const constant = { actual: 7, point: 7, upper: 7, naive: 7 };
    expect(judgeAll(trusted, 1440, 60, () => constant).events).toEqual([]);
    expect(judgeAll(begin(0, LEVEL, "probation"), 1440, 60, () => constant).trust.is).toBe("trusted");
  });
});

describe("a forecast on probation", () => {
  const probation = begin(0, LEVEL, "probation");

  it("is promoted after two good hours, not before", () => {
    const { events, trust } = judgeAll(probation, 180, 60, () => good);
    expect(events).toEqual([
      { after: expect.any(Number), event: "promoted", why: expect.stringContaining("was covered since") },
    ]);
    expect(events[0]?.after).toBeGreaterThanOrEqual(2 * HOUR);
    expect(trust).toMatchObject({ is: "trusted", since: events[0]?.after });
  });

  it("is promoted by its coverage where nobody knows what yesterday was like", () => {
    const { trust } = judgeAll(probation, 180, 60, () => ({ ...good, naive: undefined }));
    expect(trust.is).toBe("trusted");
  });

  it("is not promoted by a coverage that is hardly more than what demotes", () => {
    const tickOf = (index: number) => (index % 6 === 0 ? { ...good, actual: 120 } : good);
    expect(judgeAll(probation, 1440, 60, tickOf).events).toEqual([]);
    expect(judgeAll(trusted, 1440, 60, tickOf).events).toEqual([]);
  });

  it("is not promoted while it is far above the load, however much of that it covers", () => {
    const high = { actual: 20, point: 100, upper: 110, naive: 101 };
    expect(judgeAll(probation, 1440, 60, () => high).events).toEqual([]);
    expect(judgeAll(probation, 1440, 60, () => ({ ...high, naive: 180 })).trust.is).toBe("trusted");
  });

  it("is not promoted while it is no better than yesterday", () => {
    expect(judgeAll(probation, 1440, 60, () => ({ ...good, naive: 100 })).events).toEqual([]);
  });
});

describe("trust", () => {
  const ticks = fc.array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 4000 }),
      actual: fc.double({ min: 0, max: 1e6, noNaN: true }),
      point: fc.double({ min: 0, max: 1e6, noNaN: true }),
      naive: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
      saturated: fc.boolean(),
    }),
    { maxLength: 200 },
  );

  test.prop([ticks], { seed: 7, numRuns: 100 })("is plain JSON, and its shares are shares", (all) => {
    let trust = trusted;
    for (const { seconds, ...tick } of all) {
      trust = judge(trust, { ...tick, upper: 1.2 * tick.point, at: trust.at + seconds }).trust;
      expect(JSON.parse(JSON.stringify(trust))).toEqual(trust);
      for (const tally of [trust.hour, trust.day]) {
        expect(coverageOf(tally)).toBeGreaterThanOrEqual(0);
        expect(coverageOf(tally)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});

describe.each([5, 0.2])("the forecast of a load that is suddenly %d times as high", (times) => {
  const shift = MONDAY + 16.5 * DAY;
  const load = (at: number) => daily(at) * (at >= shift ? times : 1);
  const history = recorded(21, load);

  it("is demoted within the hour, and comes back by itself", () => {
    let trust = begin(shift - 12 * HOUR, LEVEL, "trusted");
    const events: [string | undefined, number][] = [];
    let current = forecast(history, { now: trust.at, horizon: 2 * HOUR, quantiles: [0.5, LEVEL] });
    for (let at = trust.at; at < shift + 2 * DAY; at += 300) {
      if ((at - shift) % HOUR === 0) {
        current = forecast(history, { now: at, horizon: 2 * HOUR, quantiles: [0.5, LEVEL] });
      }
      if (current.is === "none") throw new Error(current.why);
      const index = (at - current.start) / 300;
      const [point = 0, upper = 0] = current.quantiles.map((quantile) => quantile[index] ?? 0);
      const verdict = judge(trust, { at: at + 300, actual: load(at), point, upper, naive: load(at - DAY) });
      trust = verdict.trust;
      if (verdict.event !== undefined) events.push([verdict.event, at + 300 - shift]);
    }
    expect(events.slice(0, 2).map(([event]) => event)).toEqual(["demoted", "promoted"]);
    const [[, demoted = 0] = [], [, promoted = 0] = []] = events;
    expect(demoted).toBeGreaterThan(0);
    expect(demoted).toBeLessThanOrEqual(HOUR);
    expect(promoted).toBeLessThanOrEqual(12 * HOUR);
    expect(trust.is).toBe("trusted");
  });
});
