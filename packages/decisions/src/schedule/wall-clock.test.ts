import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { firstShown, shownBy, wallClockOf } from "./wall-clock.ts";

const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const text = (time: number) => new Date(time * 1000).toISOString().slice(0, 19);

describe("the wall clock of a time zone", () => {
  it.each([
    { zone: "UTC", at: "2026-07-01T12:34:56", shows: "2026-07-01T12:34:56" },
    { zone: "Europe/Berlin", at: "2026-01-01T12:00:00", shows: "2026-01-01T13:00:00" },
    { zone: "Europe/Berlin", at: "2026-07-01T22:30:00", shows: "2026-07-02T00:30:00" },
    { zone: "Asia/Kathmandu", at: "2026-01-01T12:00:00", shows: "2026-01-01T17:45:00" },
    { zone: "America/New_York", at: "2026-01-01T03:00:00", shows: "2025-12-31T22:00:00" },
    { zone: "Europe/Berlin", at: "2026-03-29T00:59:59", shows: "2026-03-29T01:59:59" },
    { zone: "Europe/Berlin", at: "2026-03-29T01:00:00", shows: "2026-03-29T03:00:00" },
    { zone: "Europe/Berlin", at: "2026-10-25T00:59:59", shows: "2026-10-25T02:59:59" },
    { zone: "Europe/Berlin", at: "2026-10-25T01:00:00", shows: "2026-10-25T02:00:00" },
  ])("$zone at $at shows $shows", ({ zone, at, shows }) => {
    expect(text(wallClockOf(zone)(utc(at)))).toBe(shows);
  });
});

describe("what a clock has shown", () => {
  it.each([
    { zone: "Europe/Berlin", at: "2026-03-29T01:00:00", shown: "2026-03-29T03:00:00" },
    { zone: "Europe/Berlin", at: "2026-10-25T00:59:59", shown: "2026-10-25T02:59:59" },
    { zone: "Europe/Berlin", at: "2026-10-25T01:00:00", shown: "2026-10-25T02:59:59" },
    { zone: "Europe/Berlin", at: "2026-10-25T01:59:59", shown: "2026-10-25T02:59:59" },
    { zone: "Europe/Berlin", at: "2026-10-25T02:00:00", shown: "2026-10-25T03:00:00" },
    { zone: "Europe/Berlin", at: "2026-10-25T05:00:00", shown: "2026-10-25T06:00:00" },
    { zone: "Australia/Lord_Howe", at: "2026-04-04T15:10:00", shown: "2026-04-05T01:59:59" },
  ])("in $zone by $at is up to $shown", ({ zone, at, shown }) => {
    expect(text(shownBy(wallClockOf(zone), utc(at)))).toBe(shown);
  });

  // The hours around each change of a year, and a quiet time.
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Antarctica/Troll"];
  const changes = ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-04", "2026-10-03", "2026-04-24"];
  const around = fc
    .tuple(fc.constantFrom(...changes, "2026-07-01"), fc.integer({ min: -30 * 3600, max: 30 * 3600 }))
    .map(([day, off]) => utc(`${day}T00:00:00`) + off);

  test.prop([fc.constantFrom(...zones), around, fc.integer({ min: 0, max: 7200 })], { seed: 1, numRuns: 100 })(
    "never goes back, and is reached first when it is shown",
    (zone, at, later) => {
      const clock = wallClockOf(zone);
      const shown = shownBy(clock, at);
      expect(shownBy(clock, at + later)).toBeGreaterThanOrEqual(shown);
      const first = firstShown(clock, shown, at + later);
      expect(first).toBeLessThanOrEqual(at);
      expect(clock(first)).toBe(shown);
      expect(shownBy(clock, first - 1)).toBeLessThan(shown);
    },
  );
});

describe("a time on the clock was first shown", () => {
  it.each([
    { what: "when it was", time: "2026-03-29T01:30:00", at: "2026-03-29T12:00:00", first: "2026-03-29T00:30:00" },
    { what: "after a skip", time: "2026-03-29T02:30:00", at: "2026-03-29T12:00:00", first: "2026-03-29T01:00:00" },
    { what: "the first time", time: "2026-10-25T02:30:00", at: "2026-10-25T12:00:00", first: "2026-10-25T00:30:00" },
    { what: "long ago", time: "2026-03-28T09:00:00", at: "2026-03-30T12:00:00", first: "2026-03-28T08:00:00" },
    { what: "just now", time: "2026-07-01T14:00:00", at: "2026-07-01T12:00:00", first: "2026-07-01T12:00:00" },
  ])("$what: $time", ({ time, at, first }) => {
    expect(text(firstShown(wallClockOf("Europe/Berlin"), utc(time), utc(at)))).toBe(first);
  });
});
