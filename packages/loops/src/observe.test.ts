import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { expected } from "./observe.ts";

describe("what kept us from an answer", () => {
  it.each([
    new Throttled("slow down"),
    new Denied("not yours"),
    new NotFound("gone"),
    new Invalid("what?"),
    new Conflict("busy"),
  ])("is told when others may be spared it: %s", (error) => {
    expect(expected(error)).toBe(`${error.name}: ${error.message}`);
  });

  it.each([new TypeError("x is undefined"), "thrown"])("is thrown on when nobody expects it: %s", (error) => {
    expect(() => expected(error)).toThrow(error);
  });
});
