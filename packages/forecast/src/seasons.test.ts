import { describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY, noise } from "../../../test/builders/loads.ts";
import { seasonsOf } from "./seasons.ts";
import { seriesOf } from "./series.ts";

function seasonsIn(days: number, load: (at: number) => number, step = 300): string[] {
  const values = Float64Array.from({ length: (days * DAY) / step }, (_, index) => load(MONDAY + index * step));
  const known = new Uint8Array(values.length).fill(1);
  return seasonsOf(seriesOf({ start: MONDAY, step, values, truth: values, known })).map(({ name }) => name);
}

const everyDay = (at: number) => 100 - 60 * Math.cos((2 * Math.PI * at) / DAY) + 3 * noise(at / 60);
const burstEvery = (period: number) => (at: number) => (at % period < 300 ? 300 : 100) + 3 * noise(at / 60);

describe("seasons", () => {
  it.each<[string, number, (at: number) => number, number, string[]]>([
    ["a day", 10, everyDay, 300, ["day"]],
    ["a day by the hour", 10, everyDay, HOUR, ["day"]],
    ["a day and a week", 21, daily, 300, ["day", "week"]],
    ["a week, of which too little was seen", 12, daily, 300, ["day"]],
    ["jobs by the hour", 5, burstEvery(HOUR), 300, ["hour"]],
    ["jobs by the half hour", 5, burstEvery(HOUR / 2), 300, ["30m"]],
    ["jobs every four hours", 10, burstEvery(4 * HOUR), 300, ["4h"]],
    ["noise", 21, (at) => 100 + 50 * noise(at / 60), 300, []],
    ["a constant", 21, () => 7, 300, []],
    ["growth", 21, (at) => (at - MONDAY) / HOUR, 300, []],
  ])("of %s", (_, days, load, step, names) => {
    expect(seasonsIn(days, load, step)).toEqual(names);
  });
});
