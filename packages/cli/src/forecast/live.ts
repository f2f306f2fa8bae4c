import type { ForecastList } from "@headroom/api/answers";
import type { Standing } from "@headroom/decisions/model";
import { instant, percent } from "@headroom/decisions/say";
import { unpack } from "@headroom/forecast/pack";
import { coverageOf } from "@headroom/forecast/trust";
import { forecastTable, notes } from "./forecast-text.ts";

/** One policy's forecast for people: what goes to stdout, and what is said about it. */
export type LiveForecast = { heading: string; table: string | undefined; notes: string[] };

function standingSays(standing: Standing | undefined): string {
  if (standing === undefined) return "No tick has used it yet.";
  const { is, since, why, day, level } = standing;
  const proven = day.seconds > 0 ? `; of late ${percent(coverageOf(day))} was at or below its ${level} quantile` : "";
  const because = why === null ? "" : ` (${why})`;
  return is === "trusted"
    ? `Trusted since ${instant(since)}${because}${proven}.`
    : `On probation since ${instant(since)}${because}${proven}. It asks for nothing until it has proven itself.`;
}

/** What is kept of a target's forecasts, by policy. */
export function liveForecasts({ target, forecasts, standings }: ForecastList, width?: number): LiveForecast[] {
  return Object.entries(forecasts).map(([policy, kept]) => {
    const name = `${target}, ${policy}`;
    if (kept.is === "none") {
      return { heading: `${name}: no forecast at ${instant(kept.madeAt)}: ${kept.why}.`, table: undefined, notes: [] };
    }
    const forecast = unpack(kept.packed);
    return {
      heading: `${name}: forecast of ${instant(kept.madeAt)}`,
      table: forecastTable(forecast, width),
      notes: [standingSays(standings[policy]), ...notes(forecast)],
    };
  });
}
