import { Cron } from "croner";
import * as z from "zod";
import { wholeUnits } from "../capacity.ts";
import { duration } from "../config/duration.ts";
import { firstShown, shownBy, type WallClock } from "./wall-clock.ts";

const units = z.int().nonnegative();

function zoneExists(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const FIVE_FIELDS = /^\S+( \S+){4}$/;

/** A cron expression on the times that a wall clock shows: see `WallClock`. */
function cronOf(text: string): Cron {
  return new Cron(text, { paused: true, utcOffset: 0 });
}

function cronParses(text: string): boolean {
  try {
    return FIVE_FIELDS.test(text) && cronOf(text).nextRun(new Date(0)) !== null;
  } catch {
    return false;
  }
}

const cron = z
  .string()
  .refine(cronParses, { error: 'is not a cron expression that ever comes: write five fields, such as "0 9 * * 1-5"' });
export const zone = z
  .string()
  .refine(zoneExists, { error: 'is not a time zone: write an IANA name, such as "Europe/Berlin"' });
const date = z.iso.date();

const effect = {
  /** Not fewer than these while the window is open. */
  floor: units.optional(),
  /** Not more than these while it is open. */
  ceiling: units.optional(),
  /** The floor rises evenly to its height over this time from the start. */
  ramp: duration.default(0),
};

/** Opens and closes by the clock of a time zone, again and again. */
const recurring = z.strictObject({
  start: cron,
  end: cron,
  zone,
  /** Local dates on which it does not start. */
  except: z.array(date).default([]),
  ...effect,
});

type Recurring = z.infer<typeof recurring>;

/** Opens and closes once. */
const once = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }), ...effect })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), "needs from before to");

function checkWindow(
  each: { floor?: number | undefined; ceiling?: number | undefined },
  context: z.RefinementCtx,
): void {
  if (each.floor === undefined && each.ceiling === undefined) {
    context.addIssue({ code: "custom", message: "needs a floor or a ceiling" });
  } else if ((each.floor ?? 0) > (each.ceiling ?? Number.POSITIVE_INFINITY)) {
    context.addIssue({ code: "custom", path: ["floor"], message: `is above the ceiling, which is ${each.ceiling}` });
  }
}

export const scheduleWindow = z.union([recurring, once]).superRefine(checkWindow);
export type ScheduleWindow = z.infer<typeof scheduleWindow>;

/** The newest time of an expression that a clock has shown when the latest it has shown is `shown`. */
function lastTime(expression: Cron, shown: number): number | undefined {
  // `previousRuns` gives what is strictly earlier, and counts in whole seconds.
  const [run] = expression.previousRuns(1, new Date((shown + 1) * 1000));
  return run === undefined ? undefined : run.getTime() / 1000;
}

function dayOf(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}

/**
 * The time on the clock at which the window that is open began, or undefined. Starts are included, ends are not, so
 * adjacent windows touch. What counts are times on the clock: a window whose start and end are both skipped when clocks
 * go forward does not open, and one that has been open is not opened a second time when they go back.
 */
function startOfOpen(window: Recurring, shown: number): number | undefined {
  const [starts, ends] = [cronOf(window.start), cronOf(window.end)];
  const ended = lastTime(ends, shown) ?? Number.NEGATIVE_INFINITY;
  let started = lastTime(starts, shown);
  while (started !== undefined && started >= ended && window.except.includes(dayOf(started))) {
    started = lastTime(starts, Date.parse(dayOf(started)) / 1000 - 1);
  }
  return started !== undefined && started >= ended ? started : undefined;
}

/** What a window asks for at an instant. */
export type Open = { floor: number; ceiling: number };

function risen({ floor = 0, ceiling, ramp }: ScheduleWindow, seconds: number): Open {
  const share = ramp === 0 ? 1 : Math.min(1, seconds / ramp);
  return { floor: wholeUnits(floor * share), ceiling: ceiling ?? Number.POSITIVE_INFINITY };
}

/**
 * What the window asks for at `at`, or undefined while it is closed. It reverts by itself: nothing is remembered.
 * @param clockOf the wall clock of a time zone
 */
export function openAt(window: ScheduleWindow, at: number, clockOf: (zone: string) => WallClock): Open | undefined {
  if ("from" in window) {
    const [from, to] = [Date.parse(window.from) / 1000, Date.parse(window.to) / 1000];
    return at >= from && at < to ? risen(window, at - from) : undefined;
  }
  const clock = clockOf(window.zone);
  const now = Math.floor(at);
  const started = startOfOpen(window, shownBy(clock, now));
  if (started === undefined) return undefined;
  return risen(window, window.ramp === 0 ? 0 : at - firstShown(clock, started, now));
}
