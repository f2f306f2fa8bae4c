import type * as z from "zod";

/** What names a metric in an expression of metric math (API reference of GetMetricData, `Id`). */
export const METRIC_ID = /^[a-z][a-zA-Z0-9_]*$/;

/**
 * Functions of CloudWatch's metric math that give one number or one series, and that the simulated account evaluates as
 * CloudWatch does. Those that find metrics by themselves, or give several series, have no single value to scale on.
 */
export const MATH_FUNCTIONS = [
  "ABS",
  "AVG",
  "CEIL",
  "FILL",
  "FLOOR",
  "IF",
  "MAX",
  "MIN",
  "PERIOD",
  "RATE",
  "SUM",
] as const;

/** Words that an expression may contain beside functions and ids. */
const WORDS = ["AND", "OR", "REPEAT", "LINEAR"];
const WORD = /[A-Za-z_][A-Za-z0-9_]*/g;

type Math = { expression: string; metrics: Record<string, unknown> };

function wordsOf(expression: string): string[] {
  return [...new Set(expression.match(WORD) ?? [])];
}

function problemsOf({ expression, metrics }: Math): { path: (string | number)[]; message: string }[] {
  const known: readonly string[] = [...MATH_FUNCTIONS, ...WORDS, ...Object.keys(metrics)];
  const words = wordsOf(expression);
  const unknown = words.filter((word) => !known.includes(word));
  const unused = Object.keys(metrics).filter((id) => !words.includes(id));
  return [
    ...unknown.map((word) => ({
      path: ["expression"],
      message: METRIC_ID.test(word)
        ? `names ${word}, which is not one of its metrics: describe it under metrics`
        : `has ${word}, which is no function of metric math that Headroom knows: ${MATH_FUNCTIONS.join(", ")}`,
    })),
    ...unused.map((id) => ({
      path: ["metrics", id],
      message: "is not used in the expression: use it or leave it out",
    })),
  ];
}

/** Every id of an expression is a metric, every metric is used, and every function is one that Headroom knows. */
export function checkExpression(math: Math, context: z.RefinementCtx): void {
  for (const { path, message } of problemsOf(math)) context.addIssue({ code: "custom", path, message });
}
