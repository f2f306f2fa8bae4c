import { parse } from "@headroom/decisions/parse";
import { describe, expect, it } from "vitest";
import { tickDue } from "#events/tick-due";

const read = (payload: unknown) => parse(tickDue, payload, "the event");
const instant = "is not an instant such as 2026-01-31T00:00:00Z";

describe("tickDue", () => {
  it("takes the scheduled time as EventBridge Scheduler writes it", () => {
    expect(read({ at: "2026-03-22T18:59:43Z" })).toEqual({ version: 1, at: "2026-03-22T18:59:43Z" });
  });

  it.each([
    [
      "the attribute itself, when Scheduler did not fill it in",
      { at: "<aws.scheduler.scheduled-time>" },
      `at ("<aws.scheduler.scheduled-time>") ${instant}`,
    ],
    ["an instant without zone", { at: "2026-01-01T00:00:00" }, `at ("2026-01-01T00:00:00") ${instant}`],
    ["a day that does not exist", { at: "2026-02-30T00:00:00Z" }, `at ("2026-02-30T00:00:00Z") ${instant}`],
    ["seconds since the epoch", { at: 1_767_225_600 }, `at (1767225600) ${instant}`],
    ["no instant", { version: 1 }, "at is missing: write an instant such as 2026-01-31T00:00:00Z"],
    ["a later version", { version: 2, at: "2026-01-01T00:00:00Z" }, "version (2) is not 1"],
    [
      "another name",
      { at: "2026-01-01T00:00:00Z", vesrion: 1 },
      'vesrion (1) is not a known key: did you mean "version"?',
    ],
  ])("refuses %s", (_, payload, mistake) => {
    expect(() => read(payload)).toThrow(`the event has 1 problem:\n  ${mistake}`);
  });
});
