import { decide } from "@headroom/decisions/decide";
import type { DecideInput } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import {
  capacity,
  draining,
  input,
  keyOf,
  lately,
  look,
  looks,
  MINUTE,
  NOON,
  queued,
  remembered,
  series,
  settings,
  tracking,
} from "../../../../test/builders/decisions.ts";
import { arithmeticOf } from "./arithmetic.ts";

function arithmetic(asked: DecideInput): (string | undefined)[] {
  return decide(asked).proposals.map((proposal) => arithmeticOf(proposal, asked));
}

const average = settings({ policies: [tracking({ of: "average", target: 50 })] });
const loaded = (value: number, units?: number): DecideInput["answers"] => ({
  [keyOf("load")]: {
    ...{ is: "series", period: MINUTE },
    points: [{ at: NOON - MINUTE, value, ...(units !== undefined && { units }) }],
  },
});

describe("arithmetic", () => {
  it("of a total", () => {
    expect(arithmetic(input({ answers: { [keyOf("load")]: lately(1234) } }))).toEqual(["1,234 ÷ 10 = 123.4"]);
  });

  it("of an average: the units that sent samples", () => {
    const memory = remembered({ ring: looks([8, 8, 8]) });
    expect(arithmetic(input({ settings: average, memory, answers: loaded(75, 8) }))).toEqual([
      "8 units × 75 ÷ 50 = 12",
    ]);
  });

  it("of an average that lowers: units that sent nothing count as on target", () => {
    const memory = remembered({ ring: looks([10, 10, 10]) });
    expect(arithmetic(input({ settings: average, memory, answers: loaded(10, 6) }))).toEqual([
      "6 units × 10 ÷ 50 + 4 that sent nothing = 5.2",
    ]);
  });

  it("of an average whose period has had a look of this tick in it", () => {
    const asked = input({
      settings: average,
      capacity: capacity(10, 10, 4),
      memory: remembered({ ring: [look(NOON - MINUTE, 10)] }),
      answers: loaded(100),
    });
    // What served is what the policy counted: the fewer of two looks, 4.
    expect(decide(asked).proposals).toMatchObject([{ reason: { data: { units: 8 } } }]);
    expect(arithmetic(asked)).toEqual(["4 units × 100 ÷ 50 = 8"]);
  });

  it("of a queue", () => {
    const [sent] = [`AWS/SQS NumberOfMessagesSent {QueueName=jobs} Sum 60s`];
    const asked = input({
      settings: settings({ policies: [draining()], warmUp: "60s" }),
      answers: { "queue jobs": queued(5400), [sent]: series([[NOON - MINUTE, 660]]) },
    });
    // 10 units work 10 messages a second and 11 arrive: 60 more by the time that new units serve, 9 minutes left
    expect(arithmetic(asked)).toEqual(["1 s × (11/s + 5,460 ÷ 9 min) ÷ 1 = 21.11 (60 of it until new units serve)"]);
  });

  it("of a policy that cannot see there is none", () => {
    expect(arithmetic(input({ answers: {} }))).toEqual([undefined]);
  });
});
