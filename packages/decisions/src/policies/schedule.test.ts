import { describe, expect, it } from "vitest";
import { proposing } from "../../../../test/builders/decisions.ts";
import { propose, settings, signals } from "./schedule.ts";

const policy = settings.decode({
  kind: "schedule",
  windows: [{ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", floor: 15 }],
});

const asked = (seen: Parameters<typeof proposing>[0]) => propose(policy, proposing(seen)).proposal;

describe("a schedule beside policies that look at load", () => {
  it("asks for a floor that is not reached, or just so", () => {
    const reason = { code: "windowFloor", data: { floor: 15 } };
    expect(asked({ floor: 15, desired: 10 })).toEqual({ is: "proposes", capacity: 15, reason });
    expect(asked({ floor: 15, desired: 15 })).toEqual({ is: "proposes", capacity: 15, reason });
  });

  it("keeps nobody from lowering to its floor, nor makes anybody lower", () => {
    expect(asked({ floor: 15, desired: 16 })).toMatchObject({ is: "satisfied", reason: { code: "windowFloor" } });
    expect(asked({ floor: 0, desired: 16 })).toEqual({ is: "satisfied", reason: { code: "noWindow", data: {} } });
  });
});

describe("a schedule that is all there is", () => {
  it("asks for its floor, and for the minimum when no window is open", () => {
    expect(asked({ alone: true, floor: 15, desired: 30 })).toMatchObject({ is: "proposes", capacity: 15 });
    expect(asked({ alone: true, floor: 0, min: 4, desired: 30 })).toMatchObject({
      ...{ is: "proposes", capacity: 4, reason: { code: "noWindow" } },
    });
    expect(asked({ alone: true, floor: 2, min: 4, desired: 30 })).toMatchObject({ capacity: 4 });
  });
});

it("a schedule wants to know nothing", () => {
  expect(signals()).toEqual([]);
});
