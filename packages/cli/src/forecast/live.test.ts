import { describe, expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { keptForecast } from "../../../../test/contract/stores/forecasts.ts";
import { liveForecasts } from "./live.ts";

const tally = { seconds: 3600, covered: 3240, exceeded: 0, error: 1, naiveError: 2, load: 3 };
const standing = { of: "load", since: NOON, at: NOON, level: 0.9, hour: tally, day: tally };

describe("the forecast for a target", () => {
  it("is a table, whether it is trusted, and how it came about", () => {
    const standings = { predictive: { ...standing, is: "trusted" as const, why: null } };
    const [found] = liveForecasts({ target: "web", forecasts: { predictive: keptForecast(NOON) }, standings });
    expect(found?.heading).toBe("web, predictive: forecast of 2026-01-01 12:00:00Z");
    expect(found?.table).toMatch(/FROM \(UTC\) +EXPECTED +QUANTILE 0.05/);
    expect(found?.notes[0]).toBe("Trusted since 2026-01-01 12:00:00Z; of late 90 % was at or below its 0.9 quantile.");
    expect(found?.notes.join("\n")).toContain("Weights of the experts:");
    expect(found?.notes.join("\n")).not.toContain("moments of the last half");
  });

  it("says why it is on probation, and that no tick has used it yet", () => {
    const forecasts = { predictive: keptForecast(NOON) };
    const demoted = { ...standing, is: "probation" as const, why: "it missed", day: { ...tally, seconds: 0 } };
    const [onProbation] = liveForecasts({ target: "web", forecasts, standings: { predictive: demoted } });
    expect(onProbation?.notes[0]).toBe(
      "On probation since 2026-01-01 12:00:00Z (it missed). It asks for nothing until it has proven itself.",
    );
    const [unused] = liveForecasts({ target: "web", forecasts, standings: {} });
    expect(unused?.notes[0]).toBe("No tick has used it yet.");
  });

  it("says why there is none", () => {
    const forecasts = {
      predictive: { is: "none" as const, of: "load", madeAt: NOON, why: "the history is a day long" },
    };
    expect(liveForecasts({ target: "web", forecasts, standings: {} })).toEqual([
      {
        heading: "web, predictive: no forecast at 2026-01-01 12:00:00Z: the history is a day long.",
        table: undefined,
        notes: [],
      },
    ]);
  });
});
