import { describe, expect, it } from "vitest";
import { DAY, HOUR, MONDAY, recorded } from "../../../../test/builders/loads.ts";
import { forecast, forecastFrom } from "../forecast.ts";
import { extend } from "./extend.ts";
import { type Repaired, repair } from "./repair.ts";

const horizon = 2 * HOUR;
const history = recorded(15);

function repairedUntil(now: number): Repaired {
  const found = repair(history, { now, horizon });
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe("a repaired history that is extended", () => {
  it("forecasts what all of it, repaired anew, does", () => {
    let repaired = repairedUntil(MONDAY + 14 * DAY);
    for (const value of history.value.slice(14 * 288, 14 * 288 + 30)) repaired = extend(repaired, value);
    const anew = forecast(history, { now: MONDAY + 14 * DAY + 30 * 300, horizon });
    expect(forecastFrom(repaired, { horizon })).toEqual(anew);
  });

  it("marks what is missing or a lower bound", () => {
    const repaired = extend(extend(repairedUntil(MONDAY + 14 * DAY), Number.NaN), 70, true);
    expect(repaired.repairs).toMatchObject({ refused: 1, filled: 1, saturated: 1 });
    expect([...repaired.series.known.slice(14 * 288 - 1, 14 * 288 + 2)]).toEqual([1, 0, 2]);
    expect(repaired.series.values[14 * 288]).toBe(history.value[7 * 288]);
    expect(repaired.known).toBe(14 * 288 + 1);
  });
});
