import type { Contender } from "./autoscaler.ts";
import {
  CLOUDWATCH,
  DIRECT,
  deciding,
  keysOf,
  newest,
  type Outlooks,
  type Source,
  settingsOf,
  shared,
} from "./deciding.ts";
import { createForesight } from "./foresight.ts";
import type { MinuteLoad } from "./load.ts";

// Headroom itself: the very `decide` that runs on Lambda, with the defaults of a target that says nothing of
// stabilisation, tolerance, rates or cool-downs, and with the start delay as its warm-up.

function signalOf({ period }: Source) {
  const metric = { source: "cloudwatch" as const, namespace: "Backtest", metric: "Load" };
  return { ...metric, statistic: "Average" as const, period: `${period}s` as const };
}

function ruleOf({ every, period, age }: Source, metric: string): string {
  const late = `${metric} of ${period} s, out ${age} s after their end`;
  return `its defaults: ${late}, looked at every ${every} s; nothing up to 10 % below the target, down to the most of 300 s`;
}

function reactive(policy: string, source: Source): Contender {
  return {
    ...shared,
    policy,
    rule: ruleOf(source, "load"),
    create(target, bounds) {
      const settings = settingsOf(bounds, [
        { kind: "target-tracking", of: "total", target, signals: [signalOf(source)] },
      ]);
      const [key = ""] = keysOf(settings);
      return deciding(settings, source, (view) => ({ [key]: newest(source, view, view.load) }));
    },
  };
}

/** Headroom with a metric from CloudWatch. */
export const headroom = reactive("headroom", CLOUDWATCH);

/** Headroom with load that the application pushes or that is read at its source, every ten seconds. */
export const headroomDirect = reactive("headroom-direct", DIRECT);

/** What forecasts say of the time beyond the next one and the start of a unit is never looked at. */
const HORIZON = "3h";

function foreseeing(policy: string, source: Source, load: MinuteLoad): Contender {
  let foresight: Outlooks | undefined;
  return {
    ...shared,
    policy,
    rule: `${ruleOf(source, "load")}; beside it a forecast of the load, made every 15 min from 14 days, none under two, and brought up to the present load; quantile 0.9 where units take 300 s, less where they start sooner`,
    create(target, bounds) {
      const signal = signalOf(source);
      const settings = settingsOf(bounds, [
        { kind: "target-tracking", of: "total", target, signals: [signal] },
        { kind: "predictive", signal, target, horizon: HORIZON },
      ]);
      const predictive = settings.policies.find((each) => each.kind === "predictive");
      if (predictive !== undefined) foresight ??= createForesight(load, settings, predictive, source);
      const [key = ""] = keysOf(settings);
      return deciding(settings, source, (view) => ({ [key]: newest(source, view, view.load) }), foresight);
    },
  };
}

/** The same two with a forecast beside the metric. What it says depends on the load alone: it is made once for all runs. */
export const headroomForecast = (load: MinuteLoad) => foreseeing("headroom+forecast", CLOUDWATCH, load);
export const headroomDirectForecast = (load: MinuteLoad) => foreseeing("headroom-direct+forecast", DIRECT, load);
