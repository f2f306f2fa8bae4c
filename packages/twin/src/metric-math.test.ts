import { Invalid } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { evaluateMath, type Series } from "./metric-math.ts";

const MINUTE = 60;
const periods = [0, 60, 120, 180];

/** A series with a datapoint a minute; undefined is none. */
function series(...values: (number | undefined)[]): Series {
  return new Map(values.flatMap((value, index) => (value === undefined ? [] : [[index * MINUTE, value]])));
}

const named = {
  a: series(10, 20, 30, 40),
  b: series(2, undefined, 5, 0),
  c: series(undefined, 3, undefined, 9),
  none: series(),
};

function result(expression: string): (number | undefined)[] {
  const found = evaluateMath(expression, { series: new Map(Object.entries(named)), periods, period: MINUTE });
  return periods.map((at) => found.get(at));
}

const _ = undefined;

describe("metric math", () => {
  it.each<[string, (number | undefined)[]]>([
    ["a", [10, 20, 30, 40]],
    ["a + 1", [11, 21, 31, 41]],
    ["100 - a", [90, 80, 70, 60]],
    ["-a", [-10, -20, -30, -40]],
    ["+a", [10, 20, 30, 40]],
    ["a + 2 * a", [30, 60, 90, 120]],
    ["(a + 2) * 2", [24, 44, 64, 84]],
    ["2 ^ 3 ^ 2", [512, 512, 512, 512]],
    ["2 * a ^ 2", [200, 800, 1800, 3200]],
    ["7", [7, 7, 7, 7]],
    ["a > 20", [0, 0, 1, 1]],
    ["a >= 20", [0, 1, 1, 1]],
    ["a < 20", [1, 0, 0, 0]],
    ["a <= 20", [1, 1, 0, 0]],
    ["a == 20", [0, 1, 0, 0]],
    ["a != 20", [1, 0, 1, 1]],
    ["a > 10 AND a < 40", [0, 1, 1, 0]],
    ["a < 20 OR a > 30", [1, 0, 0, 1]],
    ["ABS(a - 25)", [15, 5, 5, 15]],
    ["CEIL(a / 15)", [1, 2, 2, 3]],
    ["FLOOR(a / 15)", [0, 1, 2, 2]],
    ["PERIOD(a)", [60, 60, 60, 60]],
    ["a / PERIOD(a)", [10 / 60, 20 / 60, 0.5, 40 / 60]],
  ])("%s", (expression, values) => {
    expect(result(expression)).toEqual(values);
  });

  it.each<[string, (number | undefined)[]]>([
    ["a + b", [12, _, 35, 40]],
    ["b - a", [-8, _, -25, -40]],
    ["a / b", [5, _, 6, _]],
    ["b + c", [_, _, _, 9]],
    ["none + a", [_, _, _, _]],
  ])("goes on only where both have a datapoint, and what is no number is none: %s", (expression, values) => {
    expect(result(expression)).toEqual(values);
  });

  it.each<[string, (number | undefined)[]]>([
    ["SUM([b, c])", [2, 3, 5, 9]],
    ["AVG([a, b])", [6, 20, 17.5, 20]],
    ["MIN([a, b])", [2, 20, 5, 0]],
    ["MAX([b, c])", [2, 3, 5, 9]],
    ["MAX([b, 4])", [4, _, 5, 4]],
    ["SUM([1, 2])", [3, 3, 3, 3]],
    ["SUM([none, none])", [_, _, _, _]],
  ])("of a list takes what there is in each period: %s", (expression, values) => {
    expect(result(expression)).toEqual(values);
  });

  it.each<[string, number | undefined]>([
    ["SUM(a)", 100],
    ["AVG(a)", 25],
    ["MIN(b)", 0],
    ["MAX(b)", 5],
    ["MAX(7)", 7],
    ["SUM(none)", _],
  ])("of one series is one number: %s", (expression, value) => {
    expect(result(expression)).toEqual([value, value, value, value]);
  });

  it.each<[string, (number | undefined)[]]>([
    ["FILL(b, 0)", [2, 0, 5, 0]],
    ["FILL(b, a)", [2, 20, 5, 0]],
    ["FILL(b, c)", [2, 3, 5, 0]],
    ["FILL(b, REPEAT)", [2, 2, 5, 0]],
    ["FILL(c, REPEAT)", [_, 3, 3, 9]],
    ["FILL(c, LINEAR)", [_, 3, 6, 9]],
    ["FILL(b, LINEAR)", [2, 3.5, 5, 0]],
    ["FILL(none, 0)", [0, 0, 0, 0]],
    ["SUM([FILL(b, 0), FILL(c, 0)])", [2, 3, 5, 9]],
  ])("fills what is missing: %s", (expression, values) => {
    expect(result(expression)).toEqual(values);
  });

  it("grows by the second since the datapoint before", () => {
    expect(result("RATE(a)")).toEqual([_, 10 / 60, 10 / 60, 10 / 60]);
    expect(result("RATE(b)")).toEqual([_, _, 3 / 120, -5 / 60]);
  });

  it.each<[string, (number | undefined)[]]>([
    ["IF(a > 20, a, 0)", [0, 0, 30, 40]],
    ["IF(a > 20, a)", [_, _, 30, 40]],
    ["IF(b, a, 1)", [10, _, 30, 1]],
    ["IF(a > 0, b, c)", [2, _, 5, 0]],
    ["IF(1, a, 0)", [10, 20, 30, 40]],
    ["IF(0, a, 5)", [5, 5, 5, 5]],
  ])("chooses by a condition: %s", (expression, values) => {
    expect(result(expression)).toEqual(values);
  });

  it.each([
    ["a +", 'cannot read "a +"'],
    ["a b", 'cannot read "a b"'],
    ["'a'", "cannot read"],
    ["a.b", "cannot read"],
    ["!a", "cannot read"],
    ["[]", "cannot read"],
    ["d + 1", "there is no metric d"],
    ["SEARCH(a)", "there is no function SEARCH"],
    ["toString(a)", "there is no function toString"],
    ["a % 2", "there is no operator %"],
    ["[a, b]", "the whole expression takes a number or one series"],
    ["[a, b] + 1", "+ takes a number or one series"],
    ["SUM([[a], b])", "a list takes a number or one series"],
    ["RATE(1)", "RATE takes a series, and got the number 1"],
    ["PERIOD(1)", "PERIOD takes a series"],
    ["FILL(a)", "FILL lacks its argument 2"],
    ["IF(a)", "IF lacks its argument 2"],
    ["SUM()", "SUM lacks its argument 1"],
  ])("refuses %s", (expression, message) => {
    expect(() => result(expression)).toThrow(Invalid);
    expect(() => result(expression)).toThrow(message);
  });
});
