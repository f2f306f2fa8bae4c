import { describe, expect, it } from "vitest";
import { offsetsOf, wallClock } from "./zone.ts";

const utc = (text: string) => Date.parse(text) / 1000;
const HOUR = 3600;

describe("clocks of a zone", () => {
  it.each([
    [undefined, [{ from: utc("2026-03-01T00:00Z"), seconds: 0 }]],
    ["Asia/Kolkata", [{ from: utc("2026-03-01T00:00Z"), seconds: 5.5 * HOUR }]],
    [
      "Europe/Berlin",
      [
        { from: utc("2026-03-01T00:00Z"), seconds: HOUR },
        { from: utc("2026-03-29T01:00Z"), seconds: 2 * HOUR },
      ],
    ],
    [
      "America/New_York",
      [
        { from: utc("2026-03-01T00:00Z"), seconds: -5 * HOUR },
        { from: utc("2026-03-08T07:00Z"), seconds: -4 * HOUR },
      ],
    ],
  ])("%s", (zone, offsets) => {
    const found = offsetsOf(zone, utc("2026-03-01T00:00Z"), utc("2026-04-10T00:00Z"));
    expect(found).toEqual(offsets);
  });

  it("go from 02:00 to 03:00 in spring", () => {
    const offsets = offsetsOf("Europe/Berlin", utc("2026-03-01T00:00Z"), utc("2026-04-10T00:00Z"));
    const shown = ["2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"].map((text) => wallClock(offsets, utc(text)));
    expect(shown).toEqual([utc("2026-03-29T01:59:00Z"), utc("2026-03-29T03:00:00Z")]);
  });
});
