import { readFileSync } from "node:fs";
import { Invalid } from "@headroom/decisions/errors";
import { amount } from "@headroom/decisions/say";
import { type Row, readRows } from "./rows.ts";

/** Intervals that a file left out: those that begin at `from` or later and before `to`. Their values were filled in. */
export type Gap = { from: number; to: number; intervals: number };

/** Recorded load: how much came in each interval. The intervals follow one another without gaps. */
export type Trace = { file: string; start: number; interval: number; values: number[]; gaps: Gap[] };

/** Sums of floats are off by their last digits: so far from a whole number of intervals is still one. */
const GRID = 1e-6;

/** Filled-in ones included: two million minutes are almost four years, and more is a mistyped timestamp. */
const MOST_INTERVALS = 2_000_000;

/** The difference between neighbours that occurs most often, the smallest of those that tie. */
function deduceInterval(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before === undefined) continue;
    const step = row.at - before.at;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [commonest] = [...counts].sort(([a, often], [b, oftener]) => oftener - often || a - b);
  return commonest?.[0] ?? 0;
}

function refuseDisorder(file: string, row: Row, before: Row): void {
  if (row.at === before.at) {
    throw new Invalid(`${file}, line ${row.line}: timestamp ${row.stamp} stands there twice: keep one row an interval`);
  }
  if (row.at < before.at) {
    throw new Invalid(
      `${file}, line ${row.line}: timestamp ${row.stamp} is earlier than the one before it, ${before.stamp}: sort the rows by timestamp`,
    );
  }
}

/** How many intervals after `before` this row begins. @throws Invalid when that is no whole number */
function intervalsBetween(file: string, row: Row, before: Row, interval: number): number {
  const steps = (row.at - before.at) / interval;
  const whole = Math.round(steps);
  if (Math.abs(steps - whole) > GRID * Math.max(1, steps)) {
    throw new Invalid(
      `${file}, line ${row.line}: timestamp ${row.stamp} is ${row.at - before.at} s after the one before it, where rows are ${interval} s apart: put it on that grid, or leave the row out (missing rows are filled in)`,
    );
  }
  return whole;
}

function refuseTooMany(file: string, row: Row, before: Row, intervals: number, interval: number): void {
  if (intervals <= MOST_INTERVALS) return;
  throw new Invalid(
    `${file}, line ${row.line}: timestamp ${row.stamp} comes after ${before.stamp}: with what is between them the trace has ${amount(intervals)} intervals of ${interval} s, and ${amount(MOST_INTERVALS)} are the most: correct it, or end the trace before it`,
  );
}

/**
 * Reads recorded load from CSV text: the header `timestamp,value`, then one row an interval with its start (unix seconds,
 * or ISO 8601, UTC where it names no zone) and the total of the interval. `file` names it in errors.
 * @throws Invalid naming line, value and what to do
 */
export function parseTrace(text: string, file: string): Trace {
  const rows = readRows(text, file);
  const [first] = rows;
  if (first === undefined || rows.length < 2) {
    throw new Invalid(`${file}: has ${rows.length} rows of data: give at least 2, so that their interval can be seen`);
  }
  for (const [index, row] of rows.entries()) refuseDisorder(file, row, rows[index - 1] ?? { ...row, at: -Infinity });
  const interval = deduceInterval(rows);
  const values = [first.value];
  const gaps: Gap[] = [];
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before === undefined) continue;
    const steps = intervalsBetween(file, row, before, interval);
    refuseTooMany(file, row, before, values.length + steps, interval);
    if (steps > 1) gaps.push({ from: before.at + interval, to: row.at, intervals: steps - 1 });
    for (let step = 1; step < steps; step += 1) {
      values.push(before.value + ((row.value - before.value) * step) / steps);
    }
    values.push(row.value);
  }
  return { file, start: first.at, interval, values, gaps };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/**
 * Reads recorded load from a CSV file; see `parseTrace`.
 * @throws Invalid when there is no such file, or it is none
 */
export function readTrace(file: string): Trace {
  try {
    return parseTrace(readFileSync(file, "utf8"), file);
  } catch (cause) {
    if (cause instanceof Invalid) throw cause;
    const why = isMissing(cause) ? "there is no such file: check the path" : "cannot be read: is it a file, and yours?";
    throw new Invalid(`${file}: ${why}`, { cause });
  }
}

/** Seconds that a trace lasts. */
export function traceLength(trace: Trace): number {
  return trace.values.length * trace.interval;
}

function days(seconds: number): string {
  return seconds < 172_800 ? `${Math.round(seconds / 360) / 10} hours` : `${Math.round(seconds / 8640) / 10} days`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** What whoever looks at a run of `elapsed` seconds should know of the trace that it played, in sentences. */
export function traceNotices(trace: Trace, elapsed: number): string[] {
  const filled = trace.gaps.reduce((sum, { intervals }) => sum + intervals, 0);
  const length = traceLength(trace);
  return [
    ...(filled > 0
      ? [`${trace.file} leaves out ${counted(filled, "interval")} in ${counted(trace.gaps.length, "gap")}: filled in`]
      : []),
    ...(elapsed > length ? [`${trace.file} repeats after ${days(length)}`] : []),
  ];
}
