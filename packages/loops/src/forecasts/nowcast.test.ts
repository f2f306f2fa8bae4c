import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nowcast, nowSeconds } from "./nowcast.ts";

const AT = 10_000;
const STEP = 300;

/** Three hours of steps that begin when the newest minutes do. */
function path(point: (index: number) => number) {
  return { start: AT - STEP, step: STEP, point: Float64Array.from({ length: 36 }, (_, index) => point(index)) };
}

type Seen = {
  ahead: number;
  soon?: number;
  load: number;
  most?: number;
  warmUp?: number;
  /** Seconds from the end of the newest minutes to the tick. */
  late?: number;
  alone?: boolean;
};

/** What a forecast says that expects `ahead` when it is brought up to a load. */
function said(point: (index: number) => number, { ahead, soon = ahead, load, most = load, ...seen }: Seen) {
  const { warmUp = 300, late = 60, alone = false } = seen;
  const at = AT - 60 + late;
  const window = { from: at + warmUp, to: at + warmUp + 180 };
  const outlook = { is: "forecast" as const, madeAt: AT - 600, level: 0.9, ...window, ahead, soon, probation: null };
  return nowcast(outlook, path(point), { load, most, from: AT - 240, to: AT - 60 }, { at, warmUp, alone });
}

const flat = () => 100;
/** From 100 to 200 within the first hour: 117.5 ten and a half minutes after the middle of the newest minutes. */
const rising = (index: number) => 100 + Math.min(100, (100 * index) / 12);
/** The part of what a forecast knows that counts five minutes ahead of datapoints that are a minute old. */
const counts = 1 - 0.5 ** ((60 + 300 - 80) / 90);

it.each([
  [10, 30],
  [60, 180],
  [120, 180],
  [300, 300],
])("where datapoints are %d s long, now are the last %d s", (period, seconds) => {
  expect(nowSeconds(period)).toBe(seconds);
});

describe("a forecast beside the present", () => {
  it("tells what came and what was said of it, and leaves the rest as it is", () => {
    expect(said(rising, { ahead: 120, soon: 130, load: 70 })).toEqual({
      ...{ is: "forecast", madeAt: AT - 600, level: 0.9, from: AT + 300, to: AT + 480, probation: null },
      ...{ ahead: expect.any(Number), soon: expect.any(Number), present: { load: 70, said: 100 } },
    });
  });

  it("lets load grow from where it is as it was expected to", () => {
    const { ahead, soon } = said(rising, { ahead: 0, load: 300 });
    expect(ahead).toBeCloseTo(300 * 1.175 ** counts, 6);
    expect(soon).toBe(ahead);
  });

  it("compares the load with what was said of the middle of its minutes", () => {
    const falling = (index: number) => (index === 0 ? 200 : 100);
    expect(said(falling, { ahead: 0, load: 90 }).present?.said).toBe(200);
    const early = nowcast(
      { is: "forecast", madeAt: 0, level: 0.9, from: AT, to: AT + 180, ahead: 0, soon: 0, probation: null },
      path(falling),
      { load: 90, most: 90, from: AT, to: AT + 180 },
      { at: AT + 240, warmUp: 0, alone: false },
    );
    expect(early.present?.said).toBeCloseTo(120, 9); // at AT + 90: four fifths of the way down
  });

  it("believes of the present that it doubles, and no more", () => {
    const steep = (index: number) => (index === 0 ? 1 : 1000);
    expect(said(steep, { ahead: 0, load: 5 }).ahead).toBeCloseTo(5 * 2 ** counts, 9);
  });

  it("is not brought down from a steep rise that it foresees, whoever looks at load", () => {
    const opening = (index: number) => (index === 0 ? 5 : 1000);
    for (const warmUp of [0, 60, 300]) expect(said(opening, { ahead: 1100, load: 6, warmUp }).ahead).toBe(1100);
  });

  it("lets no growth count where units are there in time", () => {
    expect(said(rising, { ahead: 0, load: 5, warmUp: 20 }).ahead).toBe(5);
  });

  it("keeps what is needed until then apart from what is needed from then on", () => {
    const falling = (index: number) => (index < 2 ? 100 : 50);
    const { ahead, soon } = said(falling, { ahead: 0, load: 100, warmUp: 600 });
    expect([Math.round(ahead), Math.round(soon)]).toEqual([50, 100]);
  });

  it.each([
    { what: "wholly to it where units start at once", warmUp: 20, is: 50 },
    { what: "half way, on a scale of ratios, where they take two minutes", warmUp: 110, is: 6000 ** 0.5 },
    { what: "hardly where they take long", warmUp: 920, is: 120 * (50 / 120) ** (0.5 ** 10) },
    { what: "half way where the news are almost three minutes old", warmUp: 20, late: 150, is: 6000 ** 0.5 },
  ])("that asks for more than the present comes down $what", ({ what: _, is, ...when }) => {
    const { ahead, soon } = said(flat, { ahead: 120, load: 50, ...when });
    expect(ahead).toBeCloseTo(is, 9);
    expect(soon).toBe(ahead);
  });

  it("comes down to the growth that it expects, not to the present", () => {
    expect(said(rising, { ahead: 500, load: 100, warmUp: 110 }).ahead).toBeCloseTo((500 * 112.2222222) ** 0.5, 3);
  });

  it("comes down by the highest of the newest datapoints: the last may not be complete", () => {
    const { ahead } = said(flat, { ahead: 120, load: 80, most: 110, warmUp: 0 });
    expect(ahead).toBeCloseTo(110, 9);
  });

  it("is not brought down where it looks at load alone, or where none is left", () => {
    expect(said(flat, { ahead: 120, load: 50, warmUp: 0, alone: true }).ahead).toBe(120);
    expect(said(flat, { ahead: 120, load: 0, warmUp: 0 }).ahead).toBe(120);
    expect(said(flat, { ahead: 120, load: 0, most: 1, warmUp: 0 }).ahead).toBeCloseTo(0.03 * 120, 9);
  });

  it("that said nothing of now is left alone", () => {
    expect(said(() => 0, { ahead: 7, load: 50 })).not.toHaveProperty("present");
    expect(said(flat, { ahead: 7, load: Number.POSITIVE_INFINITY })).toMatchObject({ ahead: 7 });
    const outlook = { is: "forecast" as const, madeAt: 0, level: 0.9, from: AT, to: AT + 180, ahead: 7, soon: 7 };
    const old = { load: 50, most: 50, from: AT - 900, to: AT - 720 };
    const seen = nowcast({ ...outlook, probation: null }, path(flat), old, { at: AT, warmUp: 0, alone: false });
    expect(seen).toEqual({ ...outlook, probation: null });
  });
});

it("asks for no less when more load has come, and never for less than what is there where it expects no fall", () => {
  const load = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  const warmUp = fc.integer({ min: 0, max: 900 });
  fc.assert(
    fc.property(load, load, load, warmUp, (one, other, ahead, delay) => {
      const asked = (now: number) => said(rising, { ahead, load: now, warmUp: delay }).ahead;
      expect(asked(Math.max(one, other))).toBeGreaterThanOrEqual(asked(Math.min(one, other)) * (1 - 1e-12));
      expect(asked(one)).toBeGreaterThanOrEqual(one * (1 - 1e-12));
      expect(asked(one)).toBeLessThanOrEqual(Math.max(ahead, 2 * one) * (1 + 1e-12));
    }),
  );
});
