import { decide } from "@headroom/decisions/decide";
import type { StoredRecord } from "@headroom/decisions/record";
import { createMeter } from "@headroom/twin/meter";
import { describe, expect, it } from "vitest";
import { input, keyOf, lately, settings } from "../../../../test/builders/decisions.ts";
import { reportOf } from "./report.ts";
import { reportTable } from "./report-table.ts";
import { createTally } from "./tally.ts";

const record = (load: number): StoredRecord => ({
  ...decide(input({ answers: { [keyOf("load")]: lately(load) } })),
  outcome: { is: "none" },
});

function report() {
  const tally = createTally();
  for (const load of [100, 100, 200, 0]) tally.add(record(load));
  return reportOf({
    fleet: {
      name: "shop",
      brake: { units: 0.1, targets: 0.2, fewest: 3 },
      notify: [],
      targets: { web: settings(), idle: settings() },
    },
    seconds: 5400,
    wallSeconds: 1.23456,
    observed: new Map([
      [
        "web",
        {
          ...{ seconds: 5400, ready: { min: 2, max: 7 }, unitSeconds: 36_000, minutes: 90, violated: 3 },
          ...{ arrived: 0, served: 0, errors: 0 },
        },
      ],
    ]),
    tallyOf: tally.of,
    deliveries: { delivered: 92, duplicated: 2, rejected: 1, failed: 0 },
    used: createMeter().used(),
    fingerprint: "abc",
  });
}

describe("report", () => {
  it("counts by target, the commonest reason first", () => {
    const { targets, billable, ...rest } = report();
    expect(rest).toEqual({
      ...{ virtualHours: 1.5, wallSeconds: 1.235, fingerprint: "abc" },
      events: { delivered: 92, duplicated: 2, rejected: 1 },
    });
    expect(targets[0]).toEqual({
      ...{ id: "web", kind: "ecs-service", ticks: 4, scaled: 2, held: 2 },
      ...{ minCapacity: 2, maxCapacity: 7, unitHours: 10, sloMinutesViolated: 3 },
      reasons: { withinTolerance: 2, aboveTarget: 1, belowMin: 1 },
    });
    expect(Object.keys(targets[0]?.reasons ?? {})[0]).toBe("withinTolerance");
    expect(targets[1]).toMatchObject({ id: "idle", ticks: 0, reasons: {} });
    expect(billable).toEqual(createMeter().used());
  });

  it("is a table for people", () => {
    expect(reportTable(report())).toBe(
      [
        "TARGET  KIND         TICKS  SCALED  HELD  READY  UNIT-HOURS  SLO MINUTES VIOLATED  REASONS",
        "web     ecs-service      4       2     2    2-7          10                     3  withinTolerance 2, aboveTarget 1, belowMin 1",
        "idle    ecs-service      0       0     0    0-0           0                     0",
        "",
        "1.5 virtual hours in 1.235 s; 92 ticks delivered, 2 of them twice, 1 rejected",
        "fingerprint abc",
      ].join("\n"),
    );
  });
});
