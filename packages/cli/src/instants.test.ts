import { describe, expect, it } from "vitest";
import { readInstant, readTimeOfDay } from "./instants.ts";

const MONDAY = Date.UTC(2026, 0, 5) / 1000;
const NOON = MONDAY + 12 * 3600;

describe("readInstant", () => {
  it.each([
    ["2026-01-05T12:00:00Z", NOON],
    ["2026-01-05T12:00:00.500Z", NOON + 0.5],
    ["2026-01-05 12:00:00Z", NOON],
    ["2026-01-05T12:00", NOON],
    ["2026-01-05T12:00Z", NOON],
    ["2026-01-05T13:00:00+01:00", NOON],
    ["2026-01-04T24:00", MONDAY],
    ["2024-02-29 00:00", Date.UTC(2024, 1, 29) / 1000],
  ])("%s", (text, at) => {
    expect(readInstant(text)).toBe(at);
  });

  it.each([
    ...["", "12:00", "2026-01-05", "yesterday", "2026-13-05T12:00Z", "2026-01-05T25:00Z", "2026-01-32T12:00Z"],
    ...["2026-02-30 10:00", "2026-02-29T10:00Z", "2026-04-31T00:00:00+02:00", "2026-02-00 10:00"],
  ])("%j is none", (text) => {
    expect(readInstant(text)).toBeUndefined();
  });
});

describe("readTimeOfDay", () => {
  it.each([
    ["12:00", NOON],
    ["09:30", MONDAY + 9.5 * 3600],
    ["9:30", MONDAY + 9.5 * 3600],
    ["00:00", MONDAY],
    ["12:01", NOON + 60 - 86_400],
    ["23:59", MONDAY - 60],
  ])("%s at noon is the newest one", (text, at) => {
    expect(readTimeOfDay(text, NOON)).toBe(at);
  });

  it.each(["24:00", "12:60", "12", "noon", "12:00:00", ""])("%j is none", (text) => {
    expect(readTimeOfDay(text, NOON)).toBeUndefined();
  });
});
