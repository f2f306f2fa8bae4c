import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { exitCodeOf, messageOf } from "./exit.ts";
import { Failed } from "./failed.ts";

describe("how a command ends", () => {
  it.each([
    [new Invalid("x"), 2],
    [new NotFound("x"), 2],
    [new Failed("x"), 1],
    [new Conflict("x"), 1],
    [new Throttled("x"), 1],
    [new Denied("x"), 1],
  ])("%s: exit code %d and its message alone", (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
    expect(messageOf(error)).toBe("error: x");
  });

  it("is wrong usage for what commander refuses, and success for its help", () => {
    expect(exitCodeOf(new CommanderError(1, "commander.unknownOption", "x"))).toBe(2);
    expect(exitCodeOf(new CommanderError(0, "commander.helpDisplayed", "x"))).toBe(0);
  });

  it("shows all there is of a defect", () => {
    const defect = new TypeError("undefined is not a function");
    expect(exitCodeOf(defect)).toBe(1);
    expect(messageOf(defect)).toContain("defect in Headroom");
    expect(messageOf(defect)).toContain(import.meta.filename);
  });
});
