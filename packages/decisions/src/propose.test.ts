import { describe, expect, it } from "vitest";
import {
  draining,
  known,
  looks,
  metric,
  proposing,
  remembered,
  settings,
  tracking,
} from "../../../test/builders/decisions.ts";
import type { Memory } from "./model.ts";
import { propose } from "./propose.ts";

const measure = { by: "latency" as const, latency: metric("latency"), above: 0.5 };
const objective = { kind: "objective" as const, slo: 0.99, measure };
const hour = Array.from({ length: 60 }, (_, index) => ({ at: 1_767_268_800 - (60 - index) * 60, value: 1 }));
const slow = { is: "window" as const, end: 1_767_268_800, period: 60, points: hour };

function asked(policies: Parameters<typeof settings>[0], memory: Partial<Memory> = {}, seen = {}) {
  const context = proposing({ windows: { latency: slow }, readings: { load: known(120) }, ...seen });
  return propose(settings(policies).policies, context, remembered({ ring: looks([10, 10]), ...memory }));
}

describe("every policy is asked", () => {
  it("in the order of the configuration, each by a name of its own", () => {
    const { proposals } = asked({ policies: [objective, tracking(), draining(), tracking(), objective] });
    expect(proposals.map(({ policy }) => policy)).toEqual([
      ...["objective", "target-tracking", "queue", "target-tracking 2", "objective 2"],
    ]);
  });

  it("and an objective after the others, wherever it stands, because it looks at what they propose", () => {
    // 12 are proposed: 15 would be half more than the 10 that are set, 18 are half more than 12.
    const { proposals } = asked({
      policies: [objective, tracking({ target: 20 }), tracking(), tracking({ target: 30 })],
    });
    expect(proposals[0]).toMatchObject({ capacity: 18, reason: { data: { cap: 18 } } });
  });

  it("and remembers its own raises", () => {
    const boosts = {
      objective: [],
      "objective 2": [{ at: 5, burn: 1, base: 1, made: true }],
      gone: [{ at: 5, burn: 1, base: 1, made: true }],
    };
    const found = asked({ policies: [objective, objective] }, { boosts }, { windows: {} });
    expect(found.boosts).toEqual({ "objective 2": [{ at: 5, burn: 1, base: 1, made: true }] });
  });

  it("and the deadlines of queues that are gone are forgotten", () => {
    const drainBy = { jobs: 5, gone: 6 };
    const context = { memory: remembered({ drainBy }) };
    expect(asked({ policies: [draining()] }, {}, context).drainBy).toEqual({ jobs: 5 });
  });
});
