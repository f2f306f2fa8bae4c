import { describe, expect, it } from "vitest";
import { table } from "./table.ts";

const columns = [{ head: "TARGET" }, { head: "READY", align: "right" as const }, { head: "WHY" }];

describe("table", () => {
  it("puts rows in columns, without borders, colours and trailing space", () => {
    expect(
      table(columns, [
        ["web", "4", "Because."],
        ["thumbnails", "12", "It is so."],
      ]),
    ).toBe(["TARGET      READY  WHY", "web             4  Because.", "thumbnails     12  It is so."].join("\n"));
  });

  it("is only its heads where there are no rows", () => {
    expect(table(columns, [])).toBe("TARGET  READY  WHY");
  });

  it("wraps the last column to the width of the screen", () => {
    const text = table(columns, [["web", "4", "one two three four five six seven eight nine"]], 45);
    expect(text.split("\n")).toEqual([
      "TARGET  READY  WHY",
      "web         4  one two three four five six",
      "               seven eight nine",
    ]);
  });

  it("keeps the last column readable on a screen that is too narrow", () => {
    const lines = table(columns, [["web", "4", "one two three four five six"]], 10).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(30);
  });
});
