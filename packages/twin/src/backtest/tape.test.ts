import type { Outlook } from "@headroom/decisions/model";
import { expect, test } from "vitest";
import { createTape } from "./tape.ts";

const said = (now: number, ahead: number, more: Partial<Extract<Outlook, { is: "forecast" }>> = {}): Outlook => ({
  ...{
    is: "forecast",
    madeAt: 100,
    level: 0.9,
    from: now + 300,
    to: now + 480,
    ahead,
    soon: ahead + 1,
    peak: ahead + 2,
  },
  ...{ probation: null, ...more },
});

test("gives back what was said at each tick", () => {
  const tape = createTape(6);
  const outlooks: Outlook[] = [
    { is: "none", why: "too short" },
    said(60, 7),
    said(120, 8),
    said(180, 9, { probation: "it was wrong" }),
    said(240, 9, { madeAt: 200 }),
    { is: "none", why: "it has ended" },
  ];
  for (const [index, outlook] of outlooks.entries()) tape.push(outlook, index * 60);
  expect(tape.length()).toBe(6);
  expect(outlooks.map((_, index) => tape.at(index, index * 60))).toEqual(outlooks);
});

test("knows nothing of ticks that were not noted", () => {
  expect(createTape(2).at(0, 60)).toBeUndefined();
});
