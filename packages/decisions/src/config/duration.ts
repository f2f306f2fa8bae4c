import * as z from "zod";

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const PATTERN = /^(\d+(?:\.\d+)?)(s|m|h|d)$/;

/** How a duration is written: a number and its unit. */
export type DurationText = `${number}${keyof typeof SECONDS}`;

function isUnit(text: string | undefined): text is keyof typeof SECONDS {
  return text !== undefined && text in SECONDS;
}

/** Seconds of a duration such as `"90s"`, `"5m"`, `"1.5h"` or `"2d"`; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const [, amount, unit] = PATTERN.exec(text) ?? [];
  return isUnit(unit) ? Number(amount) * SECONDS[unit] : undefined;
}

function explain(value: unknown): string {
  const hint = typeof value === "number" ? ` (did you mean "${value}s"?)` : "";
  return `is not a duration: write a number and one of the units s, m, h, d, such as "90s" or "5m"${hint}`;
}

const text = z.custom<DurationText>((value) => typeof value === "string" && secondsOf(value) !== undefined, {
  error: (issue) => explain(issue.input),
});

/**
 * A duration in configuration and in records: text with its unit outside, seconds inside. A bare number is refused,
 * because nobody can see whether it meant seconds, minutes or milliseconds.
 */
export const duration = z.codec(text, z.number(), {
  decode: (written) => secondsOf(written) ?? 0,
  encode: (seconds): DurationText => `${seconds}s`,
});

/**
 * A duration that is at most so long.
 * @param why what would go wrong with a longer one, or where the bound comes from: the end of the sentence
 */
export function durationUpTo(most: DurationText, why: string): typeof duration {
  const seconds = secondsOf(most) ?? 0;
  return duration.refine((value) => value <= seconds, `is longer than ${most}, ${why}`);
}

/**
 * A duration over which looks at a target are remembered. What 250 targets remember is one item of 400 KB, and an hour
 * of looks (two of warm-up, three of a metric of whole hours) always fits. Kubernetes' HPA has the same bound.
 */
export const rememberedLooks = durationUpTo("1h", "and looks at a target are remembered for no longer");
