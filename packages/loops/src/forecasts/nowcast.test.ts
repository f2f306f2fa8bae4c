import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nowcast, nowSeconds } from "./nowcast.ts";

const AT = 10_000;
const STEP = 300;

/** Three hours of steps that begin when the newest minutes do: flat, but for what is given. */
function forecast(point: (index: number) => number) {
  return { start: AT - STEP, step: STEP, point: Float64Array.from({ length: 36 }, (_, index) => point(index)) };
}

function outlook(ahead: number, soon = ahead, warmUp = 300) {
  const [from, to] = [AT + warmUp, AT + warmUp + 180];
  return {
    is: "forecast" as const,
    madeAt: AT - 600,
    level: 0.9,
    from,
    to,
    ahead,
    soon,
    peak: soon,
    present: null,
    probation: null,
  };
}

const newest = (load: number) => ({ load, from: AT - 240, to: AT - 60 });
const flat = forecast(() => 100);
/** From 100 to 200 within the first hour. */
const rising = forecast((index) => 100 + Math.min(100, (100 * index) / 12));

it.each([
  [10, 30],
  [60, 180],
  [120, 180],
  [300, 300],
])("where datapoints are %d s long, now are the last %d s", (period, seconds) => {
  expect(nowSeconds(period)).toBe(seconds);
});

describe("a forecast beside the present", () => {
  it("tells what came and what was said of it", () => {
    expect(nowcast(outlook(120, 130), rising, newest(70), { at: AT, warmUp: 300 })).toMatchObject({
      ...{ madeAt: AT - 600, level: 0.9, from: AT + 300, to: AT + 480, peak: 130, probation: null },
      present: { load: 70, said: 100 },
    });
  });

  /** The part of a growth that counts five minutes ahead of datapoints that are a minute old. */
  const counts = 1 - 0.5 ** ((60 + 300 - 90) / 120);

  it("lets load grow from where it is as it was expected to", () => {
    const { ahead, soon } = nowcast(outlook(0), rising, newest(300), { at: AT, warmUp: 300 });
    // The line is at 100 in the middle of the newest minutes, and 630 seconds later at 117.5.
    expect(ahead).toBeCloseTo(300 * 1.175 ** counts, 6);
    expect(soon).toBe(ahead);
  });

  it("does not believe in more than twice as much", () => {
    const steep = forecast((index) => (index === 0 ? 1 : 1000));
    expect(nowcast(outlook(0), steep, newest(5), { at: AT, warmUp: 300 }).ahead).toBeCloseTo(5 * 2 ** counts, 9);
  });

  it("lets no growth count where units are there in time", () => {
    expect(nowcast(outlook(0, 0, 30), rising, newest(5), { at: AT, warmUp: 30 }).ahead).toBe(5);
  });

  it("keeps what is needed until then apart from what is needed from then on", () => {
    const falling = forecast((index) => (index < 2 ? 100 : 50));
    const { ahead, soon } = nowcast(outlook(0, 0, 600), falling, newest(100), { at: AT, warmUp: 600 });
    expect([Math.round(ahead), Math.round(soon)]).toEqual([51, 100]);
  });

  it.each([
    { what: "wholly to it where units start at once", warmUp: 30, is: 50 },
    { what: "half way, on a scale of ratios, where they take two and a half minutes", warmUp: 150, is: 6000 ** 0.5 },
    { what: "hardly where they take long", warmUp: 1230, is: 120 * (50 / 120) ** (0.5 ** 10) },
    {
      what: "half way where they start soon and the news are three minutes old",
      warmUp: 30,
      late: 120,
      is: 6000 ** 0.5,
    },
  ])("that asks for more than the present comes down $what", ({ warmUp, late = 0, is }) => {
    const { ahead, soon } = nowcast(outlook(120, 120, warmUp), flat, newest(50), { at: AT + late, warmUp });
    expect(ahead).toBeCloseTo(is, 9);
    expect(soon).toBe(ahead);
  });

  it("comes down to the growth that it expects, not to the present", () => {
    const { ahead } = nowcast(outlook(500, 500, 1e4), rising, newest(100), { at: AT, warmUp: 1e4 });
    expect(ahead).toBeCloseTo(500, 6);
    const { ahead: middle } = nowcast(outlook(500), rising, newest(100), { at: AT, warmUp: 300 });
    expect(middle).toBeCloseTo(500 ** counts * (100 * 1.175 ** counts) ** (1 - counts), 6);
  });

  it("is not given up for a moment without load", () => {
    expect(nowcast(outlook(120, 120, 0), flat, newest(0), { at: AT, warmUp: 0 }).ahead).toBeCloseTo(0.03 * 120, 9);
    expect(nowcast(outlook(120, 120, 300), flat, newest(0), { at: AT, warmUp: 300 }).ahead).toBeGreaterThan(40);
  });

  it("that said nothing would come is left alone", () => {
    expect(
      nowcast(
        outlook(7),
        forecast(() => 0),
        newest(50),
        { at: AT, warmUp: 300 },
      ),
    ).toEqual(outlook(7));
  });
});

it("asks for no less when more load has come, and never for less than what is there where it expects no fall", () => {
  const load = fc.double({ min: 0, max: 1e6, noNaN: true });
  const warmUp = fc.integer({ min: 0, max: 900 });
  fc.assert(
    fc.property(load, load, load, warmUp, (one, other, quantile, delay) => {
      const asked = (now: number) =>
        nowcast(outlook(quantile, quantile, delay), rising, newest(now), { at: AT, warmUp: delay }).ahead;
      expect(asked(Math.max(one, other))).toBeGreaterThanOrEqual(asked(Math.min(one, other)));
      expect(asked(one)).toBeGreaterThanOrEqual(one);
    }),
  );
});
