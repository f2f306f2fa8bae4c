import type { MATH_FUNCTIONS } from "@headroom/decisions/config/expression";
import { Invalid } from "@headroom/decisions/errors";
import { type Node, parseMath } from "./math-syntax.ts";

// CloudWatch's metric math ("Using math expressions with CloudWatch metrics"): numbers, and series of datapoints by the
// start of their period. A datapoint that comes out as no finite number is left out, as CloudWatch leaves it out.

/** Datapoints by the start of their period. */
export type Series = ReadonlyMap<number, number>;
type Value = number | Series | Value[];

/** What an expression is evaluated over: the series of each id, the periods that it could have, and their length. */
export type MathInput = { series: ReadonlyMap<string, Series>; periods: readonly number[]; period: number };

type Operator = (a: number, b: number) => number;

const truth = (is: boolean) => (is ? 1 : 0);
const operators: Record<string, Operator> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "==": (a, b) => truth(a === b),
  "!=": (a, b) => truth(a !== b),
  "<": (a, b) => truth(a < b),
  "<=": (a, b) => truth(a <= b),
  ">": (a, b) => truth(a > b),
  ">=": (a, b) => truth(a >= b),
  AND: (a, b) => truth(a !== 0 && b !== 0),
  OR: (a, b) => truth(a !== 0 || b !== 0),
};

function finite(points: Iterable<[number, number]>): Series {
  return new Map([...points].filter(([, value]) => Number.isFinite(value)));
}

function single(value: Value, where: string): number | Series {
  if (Array.isArray(value)) throw new Invalid(`metric math: ${where} takes a number or one series, and got a list`);
  return value;
}

/** Two series go together where both have a datapoint. */
function zip(a: number | Series, b: number | Series, by: Operator): number | Series {
  if (typeof a === "number") {
    return typeof b === "number" ? by(a, b) : finite([...b].map(([at, value]) => [at, by(a, value)]));
  }
  if (typeof b === "number") return finite([...a].map(([at, value]) => [at, by(value, b)]));
  return finite([...a].flatMap(([at, value]) => (b.has(at) ? [[at, by(value, b.get(at) ?? 0)]] : [])));
}

const each = (change: (value: number) => number) => (of: number | Series) => zip(of, 0, (value) => change(value));

type Aggregate = (values: readonly number[]) => number;
const sum: Aggregate = (values) => values.reduce((total, value) => total + value, 0);
/** Of a list of series: a series, of what there is in each period. Of one series: a number. */
function aggregated(aggregate: Aggregate, of: Value, periods: readonly number[]): number | Series {
  if (typeof of === "number") return of;
  if (!Array.isArray(of)) return of.size === 0 ? Number.NaN : aggregate([...of.values()]);
  const all = of.map((value) => single(value, "a list"));
  if (all.every((value) => typeof value === "number")) return aggregate(all);
  return finite(
    periods.flatMap((at): [number, number][] => {
      const there = all.map((value) => (typeof value === "number" ? value : value.get(at)));
      const known = there.filter((value) => value !== undefined);
      return all.some((value) => typeof value !== "number" && value.has(at)) ? [[at, aggregate(known)]] : [];
    }),
  );
}

/** The value of a line through the datapoints on both sides of a gap. */
function onLine(known: readonly [number, number][], at: number): number | undefined {
  const before = known.findLast(([when]) => when < at);
  const after = known.find(([when]) => when > at);
  if (before === undefined || after === undefined) return undefined;
  return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0]);
}

function filled(of: Series, filler: number | Series | "REPEAT" | "LINEAR", periods: readonly number[]): Series {
  const known = [...of].sort(([a], [b]) => a - b);
  const gap = (at: number): number | undefined => {
    if (filler === "REPEAT") return known.findLast(([when]) => when < at)?.[1];
    if (filler === "LINEAR") return onLine(known, at);
    return typeof filler === "number" ? filler : filler.get(at);
  };
  return finite(periods.map((at) => [at, of.get(at) ?? gap(at) ?? Number.NaN]));
}

/** Growth a second since the datapoint before. */
function rate(of: Series): Series {
  const known = [...of].sort(([a], [b]) => a - b);
  return finite(
    known.slice(1).map(([at, value], index): [number, number] => {
      const [earlier, before] = known[index] ?? [Number.NaN, Number.NaN];
      return [at, (value - before) / (at - earlier)];
    }),
  );
}

function chosen(condition: number | Series, yes: number | Series, no: number | Series): number | Series {
  if (typeof condition === "number") return condition !== 0 ? yes : no;
  const valueAt = (value: number | Series, at: number) => (typeof value === "number" ? value : value.get(at));
  return finite([...condition].map(([at, is]) => [at, valueAt(is !== 0 ? yes : no, at) ?? Number.NaN]));
}

function seriesOf(value: Value, where: string): Series {
  const one = single(value, where);
  if (typeof one === "number") throw new Invalid(`metric math: ${where} takes a series, and got the number ${one}`);
  return one;
}

type Arguments = { name: string; value(index: number): Value; word(index: number): string | undefined; count: number };

function argumentsOf(name: string, nodes: readonly Node[], input: MathInput): Arguments {
  return {
    name,
    count: nodes.length,
    value(index) {
      const found = nodes[index];
      if (found === undefined) throw new Invalid(`metric math: ${name} lacks its argument ${index + 1}`);
      return evaluated(found, input);
    },
    word(index) {
      const found = nodes[index];
      return found?.type === "Identifier" ? found.name : undefined;
    },
  };
}

function fill({ name, value, word }: Arguments, { periods }: MathInput): Series {
  const by = word(1);
  return filled(seriesOf(value(0), name), by === "REPEAT" || by === "LINEAR" ? by : single(value(1), name), periods);
}

function periodOf({ name, value }: Arguments, { period }: MathInput): number {
  seriesOf(value(0), name);
  return period;
}

type Fn = (given: Arguments, input: MathInput) => Value;
const rounding =
  (change: (value: number) => number): Fn =>
  ({ name, value }) =>
    each(change)(single(value(0), name));
const aggregating =
  (aggregate: Aggregate): Fn =>
  ({ value }, { periods }) =>
    aggregated(aggregate, value(0), periods);

const functions: Record<(typeof MATH_FUNCTIONS)[number], Fn> = {
  SUM: aggregating(sum),
  AVG: aggregating((values) => sum(values) / values.length),
  MIN: aggregating((values) => Math.min(...values)),
  MAX: aggregating((values) => Math.max(...values)),
  ABS: rounding(Math.abs),
  CEIL: rounding(Math.ceil),
  FLOOR: rounding(Math.floor),
  PERIOD: periodOf,
  RATE: ({ name, value }) => rate(seriesOf(value(0), name)),
  FILL: fill,
  IF: ({ name, value, count }) =>
    chosen(single(value(0), name), single(value(1), name), count > 2 ? single(value(2), name) : new Map()),
};

function isFunction(name: string): name is keyof typeof functions {
  return Object.hasOwn(functions, name);
}

function evaluated(node: Node, input: MathInput): Value {
  switch (node.type) {
    case "Literal":
      return node.value;
    case "Identifier": {
      const series = input.series.get(node.name);
      if (series === undefined) throw new Invalid(`metric math: there is no metric ${node.name}`);
      return series;
    }
    case "ArrayExpression":
      return node.elements.map((element) => evaluated(element, input));
    case "UnaryExpression": {
      const of = single(evaluated(node.argument, input), node.operator);
      return node.operator === "-" ? zip(0, of, (a, b) => a - b) : of;
    }
    case "CallExpression": {
      const { name } = node.callee;
      if (!isFunction(name)) throw new Invalid(`metric math: there is no function ${name} here`);
      return functions[name](argumentsOf(name, node.arguments, input), input);
    }
    case "BinaryExpression": {
      const operator = Object.hasOwn(operators, node.operator) ? operators[node.operator] : undefined;
      if (operator === undefined) throw new Invalid(`metric math: there is no operator ${node.operator}`);
      const side = (of: Node) => single(evaluated(of, input), node.operator);
      return zip(side(node.left), side(node.right), operator);
    }
  }
}

/**
 * The series that an expression of metric math comes to. A number is that number in each period.
 * @throws Invalid when it cannot be read, or mixes what cannot be mixed
 */
export function evaluateMath(expression: string, input: MathInput): Series {
  const value = single(evaluated(parseMath(expression), input), "the whole expression");
  return typeof value === "number" ? finite(input.periods.map((at) => [at, value])) : value;
}
