import { parse } from "@headroom/decisions/parse";
import { describe, expect, it } from "vitest";
import { events } from "#events/registry";

describe.each(events)("$type ($direction)", ({ type, direction, schema, sample }) => {
  it("accepts its sample, after JSON too", () => {
    expect(parse(schema, JSON.parse(JSON.stringify(sample)), type)).toEqual(sample);
  });

  it("refuses a key that it does not know, by name; AWS may add to its own", () => {
    if (type === "CloudWatch Alarm State Change") {
      expect(parse(schema, { ...sample, surprise: 1 }, "the event")).toMatchObject({ surprise: 1 });
      return;
    }
    expect(() => parse(schema, { ...sample, surprise: 1 }, "the event")).toThrow(
      "the event has 1 problem:\n  surprise (1) is not a known key",
    );
  });

  it.each([[undefined], [null], ["text"], [7], [[]], [{}], [[sample]]])("refuses %j", (payload) => {
    expect(() => parse(schema, payload, "the event")).toThrow(/^the event has \d+ problems?:\n/);
  });

  it("has a type of its own, and what we send an id, a version and an instant", () => {
    expect(events.filter((other) => other.type === type)).toHaveLength(1);
    if (direction === "in" && type.startsWith("CloudWatch")) return; // AWS owns it
    expect(type).toMatch(/^headroom(\.[a-z]+){2}$/);
    const head = { version: 1, at: expect.stringMatching(/^2\d{3}-.*Z$/) };
    const expected = direction === "out" ? { metadata: { ...head, id: expect.any(String), fleet: "shop" } } : head;
    expect(sample).toMatchObject(expected);
  });
});
