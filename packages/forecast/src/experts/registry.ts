import type { Series } from "../series.ts";
import { daily } from "./daily.ts";
import { dayKind } from "./day-kind.ts";
import type { Family, FamilyOf, Knowledge } from "./family.ts";
import { level } from "./level.ts";
import { periodic } from "./periodic.ts";
import { trend } from "./trend.ts";
import { weekly } from "./weekly.ts";

/** Every family of experts. A new one is one file and one line; its weight is what it earns in the backtest. */
const families: readonly FamilyOf[] = [level, daily, weekly, dayKind, periodic, trend];

/** All experts of a series as one: their names, and one call that asks them all. */
export type Panel = {
  names: readonly string[];
  ask(origin: number, horizon: number, out: Float64Array, at: number): void;
};

/** The experts that this series can feed. */
export function panelOf(series: Series, knowledge: Knowledge): Panel {
  const members: { family: Family; offset: number }[] = [];
  const names: string[] = [];
  for (const familyOf of families) {
    const family = familyOf(series, knowledge);
    if (family === undefined) continue;
    members.push({ family, offset: names.length });
    names.push(...family.names);
  }
  return {
    names,
    ask(origin, horizon, out, at) {
      for (const { family, offset } of members) family.ask(origin, horizon, out, at + offset);
    },
  };
}
