import { describe, expect, it } from "vitest";
import { capacity, limiting, NOON } from "../../../../test/builders/decisions.ts";
import type { Fact } from "../model.ts";
import { deployment, drill, fleetBrake, release } from "./facts.ts";

const going: Fact = { on: true, at: NOON, since: NOON - 60, why: "a rehearsal" };

describe.each([
  { lock: drill, name: "drill" as const },
  { lock: release, name: "release" as const },
  { lock: fleetBrake, name: "brake" as const },
])("$name", ({ lock, name }) => {
  it.each([
    { what: "opens while it is on", facts: { [name]: going }, is: "a rehearsal" },
    { what: "is closed while it is known to be off", facts: { [name]: { ...going, on: false } }, is: undefined },
    { what: "is closed while its source is absent", facts: {}, is: undefined },
  ])("$what", ({ facts, is }) => {
    expect(lock.open(limiting({ facts }))).toBe(is);
  });

  it("is nobody else's business", () => {
    const others = { drill: going, release: going, brake: going, lagging: { orders: going } };
    expect(lock.open(limiting({ facts: { ...others, [name]: undefined } }))).toBeUndefined();
  });

  it("restrains lowering", () => {
    expect(lock.restrains).toBe("in");
  });
});

describe("deployment", () => {
  it.each([
    { what: "opens while one is running", deploying: true, is: "a deployment is running" },
    { what: "is closed while none is", deploying: false, is: undefined },
    { what: "is closed where the platform cannot tell", deploying: undefined, is: undefined },
  ])("$what", ({ deploying, is }) => {
    const there = capacity(10);
    const given = deploying === undefined ? there : { ...there, deploying };
    expect(deployment.open(limiting({ capacity: given }))).toBe(is);
  });

  it("restrains lowering and not raising", () => {
    expect(deployment.restrains).toBe("in");
  });
});
