import { amount, percent, time } from "@headroom/decisions/say";
import type { Backtested, Forecast } from "@headroom/forecast/forecast";
import type { Repairs } from "@headroom/forecast/repair/repair";
import { type Column, table } from "../text/table.ts";
import type { Accuracy } from "./accuracy.ts";

/** More rows than this are no longer read: steps are put together. */
const MOST_ROWS = 48;
const MOST_EXPERTS = 4;

const instant = (at: number) => new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");

/** The forecast in rows: of steps that share a row the mean of the middle, and the highest of each other quantile. */
export function forecastTable({ start, step, levels, quantiles, point }: Forecast, width?: number): string {
  const together = Math.ceil(point.length / MOST_ROWS);
  const columns: Column[] = [
    { head: "FROM (UTC)" },
    { head: "EXPECTED", align: "right" },
    ...levels.map((level): Column => ({ head: `QUANTILE ${level}`, align: "right" })),
  ];
  const rows = Array.from({ length: Math.ceil(point.length / together) }, (_, row) => {
    const from = row * together;
    const expected = point.subarray(from, from + together);
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    const highest = quantiles.map((quantile) => Math.max(...quantile.subarray(from, from + together)));
    return [instant(start + from * step), amount(mean), ...highest.map((value) => amount(value))];
  });
  return table(columns, rows, width);
}

function seasonsSay({ seasons }: Forecast): string {
  if (seasons.length === 0) return "No season is proven.";
  return `Seasons: ${seasons.map(({ name, strength }) => `${name} (autocorrelation ${strength.toFixed(2)})`).join(", ")}.`;
}

/** `:05`, so many seconds past the hour. */
function minute(pastHour: number): string {
  return `:${String(Math.floor(pastHour / 60) % 60).padStart(2, "0")}`;
}

/** At which minutes of the hour bursts recur, in a sentence; nothing where none do. */
function burstsSay({ bursts, step }: Forecast): string[] {
  if (bursts.length === 0) return [];
  const spans: { from: number; to: number }[] = [];
  for (const { pastHour } of bursts) {
    const last = spans.at(-1);
    if (last?.to === pastHour) last.to += step;
    else spans.push({ from: pastHour, to: pastHour + step });
  }
  const when = new Intl.ListFormat("en-GB").format(spans.map(({ from, to }) => `${minute(from)} to ${minute(to)}`));
  const share = Math.round(100 * Math.max(...bursts.map((burst) => burst.share)));
  return [`Bursts recur at ${when} past the hour (UTC), in up to ${share} % of the hours.`];
}

function weightsSay({ ahead, weights }: Backtested): string {
  const heaviest = weights.slice(0, MOST_EXPERTS).map(({ expert, weight }) => `${expert} ${percent(weight)}`);
  return `  ${time(ahead)} ahead: ${heaviest.join(", ")}${weights.length > MOST_EXPERTS ? `, and ${weights.length - MOST_EXPERTS} more` : ""}`;
}

function accuracySays(accuracy: Accuracy | undefined): string {
  if (accuracy === undefined)
    return "The trace is too short to say how good forecasts from its own past would have been.";
  const { origins, error, naiveError, relativeError, coverage90 } = accuracy;
  const relative = relativeError === null ? "" : `, ${relativeError.toFixed(2)} times that`;
  return `From ${origins} moments of the last half, the error was ${amount(error)}, repeating yesterday ${amount(naiveError)}${relative}; ${percent(coverage90)} was at or below the 0.9 quantile.`;
}

/** What was done to the history, in words; nothing where nothing was. */
export function repairsSay(repairs: Repairs): string[] {
  const { refused, unsorted, duplicates, resets, gaps, filled, excludedDays, outages, damped, saturated, shifts } =
    repairs;
  const counted: [number, string][] = [
    [refused, "values that cannot be load left out"],
    [duplicates, "values for a step that had one already"],
    [resets, "counter resets"],
    [gaps, `gaps filled (${filled} steps)`],
    [excludedDays, "excluded days"],
    [outages, "outages left out"],
    [damped, "freak values damped"],
    [saturated, "saturated steps taken as lower bounds"],
  ];
  return [
    ...(unsorted ? ["put in order of time"] : []),
    ...counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
    ...shifts.map(({ at, factor }) => `level shift at ${instant(at)} (${factor.toFixed(1)} times)`),
  ];
}

/** What whoever reads the table must know of how it came about, in lines. */
export function notes(forecast: Forecast, accuracy?: { of: Accuracy | undefined }): string[] {
  const [nearest, furthest] = [forecast.backtest[0], forecast.backtest.at(-1)];
  const repaired = repairsSay(forecast.repairs);
  return [
    seasonsSay(forecast),
    ...burstsSay(forecast),
    "Weights of the experts:",
    ...(nearest === undefined ? [] : [weightsSay(nearest)]),
    ...(furthest === undefined || furthest === nearest ? [] : [weightsSay(furthest)]),
    ...(accuracy === undefined ? [] : [accuracySays(accuracy.of)]),
    repaired.length > 0 ? `Repaired: ${repaired.join("; ")}.` : "Nothing had to be repaired.",
  ];
}
