import type { OutgoingEvent } from "@headroom/loops/world";
import { describe, expect, it } from "vitest";
import * as attention from "../../../../events/attention-raised.ts";
import * as changed from "../../../../events/capacity-changed.ts";
import * as demoted from "../../../../events/forecast-demoted.ts";
import * as promoted from "../../../../events/forecast-promoted.ts";
import * as closed from "../../../../events/interlock-closed.ts";
import * as opened from "../../../../events/interlock-opened.ts";
import * as lease from "../../../../events/lease-ended.ts";
import { createHappenings, happeningLine, mutationHappening } from "./event-lines.ts";

type Sample = { type: string; sample: Pick<OutgoingEvent, "metadata"> & { data: object } };
const event = ({ type, sample }: Sample): OutgoingEvent => ({ type, ...sample, data: { ...sample.data } });

describe("what happened on the bus", () => {
  it.each([
    [lease, "web  lease ended           The pause by ada ran out: load test."],
    [attention, "web  attention at-maximum  The maximum is 40 units, so not 46."],
    [opened, "web  interlock opened      deployment: a deployment is running."],
    [closed, "web  interlock closed      "],
    [demoted, "web  forecast demoted      predictive asks for nothing until it has proven itself: 31 % of the last"],
    [promoted, "web  forecast promoted     predictive is trusted again: 91 % was covered since"],
  ])("is a line for people (%#)", (sample, line) => {
    const [found] = createHappenings()([event(sample)]);
    expect(found && happeningLine(found, 3)).toMatch(/^2026-01-01 1\d:\d0:00Z {2}web/);
    expect(found && happeningLine(found, 3)).toContain(line);
  });

  it("is told once, however often it was published, and changes of capacity elsewhere", () => {
    const happenings = createHappenings();
    const bus = [event(changed), event(lease), event(lease)];
    expect(happenings(bus)).toHaveLength(1);
    expect(happenings(bus)).toEqual([]);
    bus.push(event(lease), event(attention));
    expect(happenings(bus).map(({ is }) => is)).toEqual(["attention at-maximum"]);
  });
});

describe("what an operator changed", () => {
  const before = { kind: "pin" as const, target: "web", sentence: "Pinned at 4 units by ada.", until: "x", left: 60 };
  const change = { at: "2026-01-05T12:00:00.000Z", dryRun: false, target: "*", kind: "pin" as const, owner: "bob" };

  it("names who took a lease back, and why", () => {
    expect(mutationHappening({ ...change, reason: "over", before, after: null })).toEqual({
      ...{ at: change.at, target: "all", is: "lease taken back" },
      sentence: "The pin was taken back by bob: over. It was: Pinned at 4 units by ada.",
    });
  });

  it("says what a lease does", () => {
    const found = mutationHappening({ ...change, target: "web", reason: "x", before: null, after: before });
    expect(happeningLine(found, 3)).toBe("2026-01-05 12:00:00Z  web  lease granted         Pinned at 4 units by ada.");
  });
});
