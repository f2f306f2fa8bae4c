import { Conflict } from "@headroom/decisions/errors";
import { forecast } from "@headroom/forecast/forecast";
import { pack } from "@headroom/forecast/pack";
import type { KeptForecast, KeptForecasts } from "@headroom/loops/forecasts/kept";
import type { Stores } from "@headroom/loops/world";
import { expect, test } from "vitest";

const STEP = 300;
const DAY = 86_400;

/** A real forecast of three days of waves. */
export function keptForecast(madeAt: number): KeptForecast {
  const at = Array.from({ length: (3 * DAY) / STEP }, (_, index) => index * STEP);
  const value = at.map((each) => 100 + 50 * Math.sin((2 * Math.PI * each) / DAY));
  const made = forecast({ at, value }, { now: 3 * DAY, step: STEP, horizon: 2 * DAY, windows: [180] });
  if (made.is === "none") throw new Error(made.why);
  return {
    is: "forecast",
    of: "load",
    madeAt,
    packed: { ...pack(made), bursts: [{ pastHour: 300, share: 0.25 }] },
    yesterday: value.slice(0, 288).map((each, i) => (i % 7 ? each : null)),
  };
}

/** What every implementation of `Stores` must do with forecasts. */
export function forecastsContract(store: () => Stores["forecasts"], fresh: () => string): void {
  const none = (madeAt: number): KeptForecasts => ({
    predictive: { is: "none", of: "load", madeAt, why: "a day long" },
  });

  test("what was never kept is not there", async () => {
    expect(await store().load([fresh()])).toEqual(new Map());
    expect(await store().load([])).toEqual(new Map());
  });

  test("they come back as they were, those that were asked for", async () => {
    const [one, other, third] = [fresh(), fresh(), fresh()];
    const kept: KeptForecasts = {
      predictive: keptForecast(1000.5),
      "predictive 2": { is: "none", of: "load", madeAt: 1, why: "ü" },
    };
    await store().save(one, 1000.5, kept);
    await store().save(other, 7, none(7));
    await store().save(third, 7, none(7));
    expect(await store().load([one, other, one])).toEqual(
      new Map([
        [one, kept],
        [other, none(7)],
      ]),
    );
  });

  test("newer ones take the place of older ones, and never the other way round", async () => {
    const target = fresh();
    await store().save(target, 100, none(100));
    await store().save(target, 200, none(200));
    await expect(store().save(target, 150, none(150))).rejects.toThrow(Conflict);
    await expect(store().save(target, 200, none(1))).rejects.toThrow(Conflict);
    expect((await store().load([target])).get(target)).toEqual(none(200));
  });

  test("as many as a large fleet has are read at once", async () => {
    const targets = Array.from({ length: 120 }, () => fresh());
    await Promise.all(targets.map((target, index) => store().save(target, index + 1, none(index + 1))));
    const found = await store().load(targets);
    expect(targets.map((target) => found.get(target))).toEqual(targets.map((_, index) => none(index + 1)));
  });
}
