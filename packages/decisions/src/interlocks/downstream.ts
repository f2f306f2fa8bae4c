import type { Interlock } from "./interlock.ts";

const FRESH_SECONDS = 300;

/** More writers would make a lagging database lag more. A verdict that is old or unknown restrains nothing. */
export const downstream: Interlock = {
  name: "database-lag",
  restrains: "out",
  maxAge: 3600,
  open({ settings, facts, at }) {
    const database = settings.guards.downstream?.database;
    const fact = database === undefined ? undefined : facts.lagging?.[database];
    if (fact === undefined || !fact.on || at - fact.at > FRESH_SECONDS) return undefined;
    return `${database} lags: ${fact.why}`;
  },
};
