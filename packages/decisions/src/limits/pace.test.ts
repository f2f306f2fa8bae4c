import { describe, expect, it } from "vitest";
import { NOON } from "../../../../test/builders/decisions.ts";
import { countsFrom } from "./pace.ts";

describe("a change counts", () => {
  it.each<{ what: string; at: number; decidedAt?: number; from: number }>([
    { what: "from its tick, when it was made some seconds later", at: NOON + 3.5, decidedAt: NOON, from: NOON },
    { what: "from its tick just before the next one", at: NOON + 59.9, decidedAt: NOON, from: NOON },
    { what: "from the next tick when it was that late", at: NOON + 60, decidedAt: NOON, from: NOON + 60 },
    { what: "from the tick after next when it was later still", at: NOON + 130, decidedAt: NOON, from: NOON + 120 },
    {
      what: "from when an alarm's tick looked",
      at: NOON + 31.25,
      decidedAt: NOON + 30.5,
      from: NOON + 30.5,
    },
    { what: "from its tick when the clock is behind that", at: NOON - 2, decidedAt: NOON, from: NOON },
    { what: "from when it was made, when no tick of ours decided it", at: NOON + 3.5, from: NOON + 3.5 },
  ])("$what", ({ at, decidedAt, from }) => {
    const tick = decidedAt === undefined ? {} : { decidedAt };
    expect(countsFrom({ at, ...tick, from: 1, to: 2, by: "headroom" }, 60)).toBe(from);
  });
});
