import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { readDuration, readSpeed, readWhole } from "./options.ts";

describe("options", () => {
  it.each([
    [readSpeed, "60", 60],
    [readSpeed, "0.5", 0.5],
    [readSpeed, "max", "max"],
    [readWhole, "0", 0],
    [readWhole, "42", 42],
    [readDuration, "90s", 90],
    [readDuration, "1.5h", 5400],
    [readDuration, "2d", 172_800],
  ])("%o reads %s", (read, text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    ...["0", "-1", "fast", "", " ", "Infinity", "NaN"].map((text) => [readSpeed, text] as const),
    ...["-1", "1.5", "1e3", "", "99999999999999999999", "one"].map((text) => [readWhole, text] as const),
    ...["0s", "6", "6x", "h", "", "-1h", "1 h"].map((text) => [readDuration, text] as const),
  ])("%o refuses %j", (read, text) => {
    expect(() => read(text)).toThrow(InvalidArgumentError);
  });
});
