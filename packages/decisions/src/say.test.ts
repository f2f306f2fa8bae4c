import { describe, expect, it } from "vitest";
import { amount, instant, percent, time, units, unitsAre } from "./say.ts";

describe("what people read", () => {
  it.each([
    [0, "0"],
    [5, "5"],
    [0.000012345, "0.00001235"],
    [1.23456, "1.235"],
    [999.94, "999.9"],
    [999.96, "1,000"],
    [1000.4, "1,000"],
    [-1234.5, "-1,234"],
    [1_234_567.8, "1,234,568"],
  ])("%d is written %s", (value, text) => {
    expect(amount(value)).toBe(text);
  });

  it.each([
    [0, "0 units"],
    [1, "1 unit"],
    [1.5, "1.5 units"],
    [2, "2 units"],
    [12_000, "12,000 units"],
  ])("%d units are written %s", (value, text) => {
    expect(units(value)).toBe(text);
  });

  it("one unit is, several are", () => {
    expect([unitsAre(0), unitsAre(1), unitsAre(2)]).toEqual(["0 units are", "1 unit is", "2 units are"]);
  });

  it.each([
    [-5, "0 min"],
    [0.4, "0 min"],
    [1, "1 s"],
    [45.4, "45 s"],
    [60, "1 min"],
    [90, "90 s"],
    [119, "119 s"],
    [120, "2 min"],
    [200, "3 min"],
    [3569, "59 min"],
    [3570, "1 h"],
    [3600, "1 h"],
    [5400, "1 h 30 min"],
    [7260, "2 h 1 min"],
    [86_400, "24 h"],
  ])("%d seconds are written %s", (seconds, text) => {
    expect(time(seconds)).toBe(text);
  });

  it.each([
    [1_767_269_220, "2026-01-01 12:07:00Z"],
    [1_767_269_220.6, "2026-01-01 12:07:01Z"],
    [0, "1970-01-01 00:00:00Z"],
    [1e15, "+275760-09-13 00:00:00Z"],
    [-1e15, "-271821-04-20 00:00:00Z"],
  ])("the instant %d is written %s", (at, text) => {
    expect(instant(at)).toBe(text);
  });

  it.each([
    [0.1, "10 %"],
    [0.07, "7 %"],
    [1, "100 %"],
  ])("the share %d is written %s", (share, text) => {
    expect(percent(share)).toBe(text);
  });
});
