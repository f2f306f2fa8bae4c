import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import { failureOf } from "./failures.ts";

describe("failureOf", () => {
  it.each([
    [new Invalid("x"), 400],
    [new Denied("x"), 403],
    [new NotFound("x"), 404],
    [new Conflict("x"), 409],
    [new Throttled("x"), 503],
  ])("%s is %d", (error, status) => {
    expect(failureOf(error)).toEqual({ status, body: { error: error.name, message: "x" } });
  });

  it.each([[new TypeError("inside")], ["inside"], [undefined]])("keeps %s to itself", (error) => {
    expect(failureOf(error)).toMatchObject({ status: 500, body: { error: "Defect" } });
    expect(failureOf(error).body.message).not.toContain("inside");
  });
});
