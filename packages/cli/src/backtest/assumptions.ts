import { amount, percent, time, units } from "@headroom/decisions/say";
import { contenders } from "@headroom/twin/backtest/backtest";
import { SLOT_SECONDS } from "@headroom/twin/backtest/fleet";
import { demandOf, MINUTE_NOISE } from "@headroom/twin/backtest/load";
import type { Row } from "@headroom/twin/backtest/row";
import type { Trace } from "@headroom/twin/workloads/trace";
import type { Job } from "./job.ts";

function noise({ interval }: Trace): string {
  const between = `rates on a line between points of ${time(interval)}, with ${percent(MINUTE_NOISE)} of seeded noise a minute`;
  return interval > 60 ? between : "rates by the minute, as they were recorded";
}

function settingSays({ setting }: Row): string {
  if (setting === null) return "knows the demand of every minute, and its units start at once";
  return `${setting.is} ${amount(setting.standard)}, and ${amount(setting.nearest)} for the last two columns`;
}

/** What whoever reads the table must know of how it came about, in lines. */
export function assumptions(trace: Trace, { load, options }: Job, isGiven: boolean): string[] {
  const demand = demandOf(load, options.min);
  const [least, most] = [demand.reduce((a, b) => Math.min(a, b)), demand.reduce((a, b) => Math.max(a, b))];
  const why = isGiven ? "as given" : "so that the 99th percentile needs 20 units";
  const { runIn } = options;
  return [
    `${trace.file}: ${time(demand.length * 60)} of ${options.queue ? "messages for a queue" : "load"}, ${noise(trace)}.`,
    `One unit serves ${amount(load.perUnit)} a second (${why}); demand is ${least} to ${units(most)}, by the minute; supply is held against it every ${time(SLOT_SECONDS)}.`,
    `Units serve ${time(options.startDelay)} after they were asked for and go at once; bounds ${options.min} to ${options.max}.`,
    ...(runIn > 0 ? [`The first ${time(runIn * 60)} are played and not scored.`] : []),
  ];
}

/** How each row came about, in lines: its setting, and its rule with what was assumed of it. */
export function settingsUsed(rows: readonly Row[], { load, options }: Job): string[] {
  const rules = new Map(contenders(load, options).map(({ policy, rule }) => [policy, `; ${rule}`]));
  return rows.map((row) => `${row.policy}: ${settingSays(row)}${rules.get(row.policy) ?? ""}.`);
}
