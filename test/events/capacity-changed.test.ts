import { parse } from "@headroom/decisions/parse";
import { describe, expect, it } from "vitest";
import { capacityChanged, sample } from "#events/capacity-changed";

const read = (payload: unknown) => parse(capacityChanged, payload, "the event");
const { metadata, data } = sample;

describe("capacityChanged", () => {
  it.each([
    ["part of a unit", { metadata, data: { ...data, to: 6.5 } }, "data.to (6.5) is not a whole number: write 6 or 7"],
    ["fewer than no units", { metadata, data: { ...data, from: -1 } }, "data.from (-1) must be 0 or more"],
    ["a change without reason", { metadata, data: { ...data, reasons: [] } }, "data.reasons ([]) must not be empty"],
    [
      "a reason without sentence",
      { metadata, data: { ...data, reasons: [{ code: "atMax" }] } },
      "data.reasons[0].sentence is missing: write text",
    ],
    [
      "a stray key",
      { metadata: { ...metadata, Fleet: "x" }, data },
      'metadata.Fleet ("x") is not a known key, and fleet is given: remove one',
    ],
    [
      "what is not set by us",
      { metadata, data: { ...data, sets: "maximum" } },
      'data.sets ("maximum") is not one of "capacity", "minimum": did you mean "minimum"?',
    ],
    ["no data", { metadata }, "data is missing: write an object with target, sets, from, to, reasons"],
  ])("refuses %s", (_, payload, mistake) => {
    expect(() => read(payload)).toThrow(`the event has 1 problem:\n  ${mistake}`);
  });

  it("takes reasons with codes that it has never heard of", () => {
    const reasons = [{ code: "fullMoon", sentence: "The moon is full." }];
    expect(read({ metadata, data: { ...data, reasons } }).data.reasons).toEqual(reasons);
  });
});
