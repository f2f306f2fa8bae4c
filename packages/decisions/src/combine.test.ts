import { describe, expect, it } from "vitest";
import { combine } from "./combine.ts";
import type { Proposed } from "./model.ts";

const proposes = (policy: string, capacity: number): Proposed => ({
  ...{ policy, is: "proposes", capacity },
  reason: { code: "aboveRange", data: { signal: `${policy} ${capacity}` } },
});
const blind = (policy: string): Proposed => ({
  policy,
  is: "blind",
  reason: { code: "noData", data: { signal: policy } },
});
const satisfied = (policy: string): Proposed => ({
  policy,
  is: "satisfied",
  reason: { code: "nothingAsked", data: {} },
});

const saidBy = (policy: string, capacity: number) => proposes(policy, capacity).reason;

describe("proposals combined, with 10 units set", () => {
  it.each<{ what: string; proposals: Proposed[]; capacity: number; reasons: unknown[] }>([
    {
      what: "the highest wins",
      proposals: [proposes("a", 12), proposes("b", 15), proposes("c", 11)],
      capacity: 15,
      reasons: [saidBy("b", 15)],
    },
    {
      what: "of equals the first speaks",
      proposals: [proposes("a", 12), proposes("b", 12)],
      capacity: 12,
      reasons: [saidBy("a", 12)],
    },
    {
      what: "raising needs one",
      proposals: [proposes("a", 12), proposes("b", 3)],
      capacity: 12,
      reasons: [saidBy("a", 12)],
    },
    {
      what: "lowering needs all",
      proposals: [proposes("a", 5), proposes("b", 7)],
      capacity: 7,
      reasons: [saidBy("b", 7)],
    },
    {
      what: "one that keeps what is set keeps it",
      proposals: [proposes("a", 5), proposes("b", 10)],
      capacity: 10,
      reasons: [saidBy("b", 10)],
    },
    {
      what: "who is satisfied does not keep others from lowering",
      proposals: [satisfied("a"), proposes("b", 7)],
      capacity: 7,
      reasons: [saidBy("b", 7)],
    },
    {
      what: "who is blind does not keep others from raising",
      proposals: [blind("a"), proposes("b", 12)],
      capacity: 12,
      reasons: [saidBy("b", 12)],
    },
    { what: "nor from keeping", proposals: [blind("a"), proposes("b", 10)], capacity: 10, reasons: [saidBy("b", 10)] },
    {
      what: "but keeps them from lowering, and both are told",
      proposals: [proposes("a", 7), blind("b"), blind("c")],
      capacity: 10,
      reasons: [
        saidBy("a", 7),
        { code: "noData", data: { signal: "b" } },
        { code: "scaleInNeedsAll", data: { policy: "b", capacity: 7 } },
      ],
    },
    {
      what: "all blind hold, for the reason of the first",
      proposals: [blind("a"), blind("b")],
      capacity: 10,
      reasons: [{ code: "noData", data: { signal: "a" } }],
    },
    {
      what: "all satisfied hold",
      proposals: [satisfied("a")],
      capacity: 10,
      reasons: [{ code: "nothingAsked", data: {} }],
    },
    { what: "nobody holds", proposals: [], capacity: 10, reasons: [{ code: "nothingAsked", data: {} }] },
  ])("$what", ({ proposals, capacity, reasons }) => {
    expect(combine(proposals, 10)).toEqual({ capacity, reasons });
  });
});

describe("when nothing was seen for too long", () => {
  const long = { since: 100, after: 600 };
  const fallback = (capacity: number) => ({ code: "fallback", data: { capacity, blindSince: 100, after: 600 } });
  const first = { code: "noData", data: { signal: "a" } };

  it("the fallback is what is run at the least, and never less than there is", () => {
    expect(combine([blind("a"), blind("b")], 10, { ...long, capacity: 12 })).toEqual({
      ...{ capacity: 12, reasons: [first, fallback(12)] },
    });
    expect(combine([blind("a")], 10, { ...long, capacity: 4 })).toEqual({
      capacity: 10,
      reasons: [first, fallback(4)],
    });
    expect(combine([blind("a")], 0, { ...long, capacity: 2 }).capacity).toBe(2);
  });

  it("one that asks for just as much has not been the reason", () => {
    const asked = combine([blind("a"), proposes("s", 12)], 10, { ...long, capacity: 12 });
    expect(asked).toEqual({ capacity: 12, reasons: [first, fallback(12)] });
  });

  it("a schedule may ask for more, and does not undo it when it asks for less", () => {
    expect(combine([blind("a"), proposes("s", 45)], 10, { ...long, capacity: 12 })).toEqual({
      ...{ capacity: 45, reasons: [saidBy("s", 45)] },
    });
    expect(combine([blind("a"), proposes("s", 11)], 10, { ...long, capacity: 12 }).capacity).toBe(12);
  });
});
