import type { Outlook } from "@headroom/decisions/model";
import { describe, expect, test } from "vitest";
import { stream } from "../random.ts";
import { CLOUDWATCH, type Outlooks, settingsOf } from "./deciding.ts";
import { createForesight } from "./foresight.ts";

const DAY = 86_400;
const HOUR = 3600;
/** Monday 2026-01-05T00:00:00Z. */
const START = 1_767_571_200;
const signal = { source: "cloudwatch" as const, namespace: "Backtest", metric: "Load", statistic: "Average" as const };

/** A load by the minute: a wave a day between 10 and 30 with noise, unless it is changed. */
function foresight(days: number, changed: (minute: number, usual: number) => number = (_, usual) => usual): Outlooks {
  const noise = stream(1, "foresight");
  const minutes = Float64Array.from({ length: days * 1440 }, (_, minute) =>
    changed(minute, (20 - 10 * Math.cos((2 * Math.PI * minute) / 1440)) * (1 + 0.03 * noise.normal())),
  );
  const settings = settingsOf({ min: 1, max: 100, startDelay: 300 }, [
    { kind: "predictive", signal, target: 1, horizon: "3h" },
  ]);
  const policy = settings.policies.find((each) => each.kind === "predictive");
  if (policy === undefined) throw new Error("there is no predictive policy");
  return createForesight({ minutes, start: START, perUnit: 1 }, settings, policy, CLOUDWATCH);
}

function at(outlooks: Outlooks, now: number): Outlook | undefined {
  return outlooks(now).predictive;
}

describe("what forecasts say of a load that is played", () => {
  test("nothing under two days, and why", () => {
    expect(at(foresight(3), 1.5 * DAY)).toMatchObject({ is: "none", why: expect.stringContaining("needs two") });
  });

  test("what comes when units that are asked for now begin to serve", () => {
    const outlook = at(foresight(5), 4 * DAY + 6 * HOUR);
    expect(outlook).toMatchObject({ is: "forecast", probation: null, from: START + 4 * DAY + 6 * HOUR + 300 });
    // 20 at 06:00, 20.35 eight minutes later, and the quantile is above the middle.
    const ahead = outlook?.is === "forecast" ? outlook.ahead : 0;
    expect(ahead).toBeGreaterThan(20);
    expect(ahead).toBeLessThan(21.5);
  });

  test("nothing of what comes later has an influence", () => {
    const now = 3 * DAY + 5 * HOUR;
    const other = foresight(5, (minute, usual) => (minute * 60 >= now - CLOUDWATCH.age ? 77 : usual));
    expect(at(other, now)).toEqual(at(foresight(5), now));
  });

  test("a load that is five times as high is on probation within the hour", () => {
    const shifted = foresight(5, (minute, usual) => (minute >= 4 * 1440 ? 5 * usual : usual));
    expect(at(shifted, 4 * DAY)).toMatchObject({ probation: null });
    expect(at(shifted, 4 * DAY + HOUR)).toMatchObject({ probation: expect.stringContaining("at or below") });
  });

  test("asked in any order it says the same", () => {
    const [one, other] = [foresight(3), foresight(3)];
    const late = at(one, 2.5 * DAY);
    at(other, 2.2 * DAY);
    expect(at(other, 2.5 * DAY)).toEqual(late);
    expect(at(one, 2.2 * DAY)).toEqual(at(other, 2.2 * DAY));
  });
});
