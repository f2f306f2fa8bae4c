import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { problems } from "./problems.ts";

function found(schema: z.ZodType, input: unknown): string[] {
  const { error } = schema.safeParse(input);
  return error === undefined ? [] : problems(error, schema, input);
}

const point = z.strictObject({ left: z.int(), top: z.int() });
const nested = z.strictObject({ point });
const shape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("circle"), radius: z.number() }),
  z.strictObject({ kind: z.literal("square"), side: z.number().optional() }),
]);
const either = z.union([z.number(), z.enum(["NaN", "Infinity"])]);
const lamp = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bulb"), colour: z.enum(["red", "green"]) }),
  z.strictObject({ kind: z.literal("tube"), length: z.int() }),
]);
const treeOf = (node: () => z.ZodType): z.ZodType =>
  z.strictObject({ value: z.int(), children: z.array(z.lazy(node)) });
const tree: z.ZodType = treeOf(() => tree);

const table: [name: string, schema: z.ZodType, input: unknown, mistakes: string[]][] = [
  ["nothing wrong", point, { left: 1, top: 2 }, []],
  [
    "optional layers",
    z.strictObject({ p: point.optional().nullable() }),
    { p: { left: 1, tpo: 2 } },
    ['p.tpo (2) is not a known key: did you mean "top"?'],
  ],
  [
    "defaults",
    z.strictObject({ p: point.default({ left: 1, top: 1 }) }),
    { p: { left: 1, top: 2, zz: 3 } },
    ["p.zz (3) is not a known key: the keys here are left, top"],
  ],
  [
    "read-only and catching layers",
    z.strictObject({ p: point.readonly().prefault({ left: 1, top: 1 }) }),
    { p: 1 },
    ["p (1) is not an object: write { left, top }"],
  ],
  [
    "what is done after parsing",
    point.transform(({ left }) => left),
    { left: 1, tpo: 2 },
    ['tpo (2) is not a known key: did you mean "top"?'],
  ],
  [
    "what is done before parsing",
    z.preprocess((value) => value, point),
    { left: 1, tpo: 2 },
    ['tpo (2) is not a known key: did you mean "top"?'],
  ],
  [
    "intersections",
    z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
    { a: "1", b: true },
    ['a ("1") is not a whole number: write 1 without quotes', "b (true) is not a whole number"],
  ],
  [
    "schemas that contain themselves",
    tree,
    { value: 1, children: [{ value: 2, children: [{ valeu: 3, children: [] }] }] },
    ['children[0].children[0].valeu (3) is not a known key: did you mean "value"?'],
  ],
  ["a missing object", nested, {}, ["point is missing: write an object with left, top"]],
  ["a missing object of several kinds", z.strictObject({ shape }), {}, ["shape is missing: write an object with kind"]],
  [
    "an unknown kind",
    shape,
    { kind: "sqare" },
    ['kind ("sqare") is not one of "circle", "square": did you mean "square"?'],
  ],
  ["a kind that is not text", shape, { kind: 5 }, ['kind (5) is not one of "circle", "square"']],
  [
    "a key of another kind",
    shape,
    { kind: "square", radius: 1 },
    ["radius (1) is not a known key: the keys here are kind, side"],
  ],
  [
    "text or a number",
    either,
    "Nan",
    ['the value ("Nan") is not a number and is not one of "NaN", "Infinity": did you mean "NaN"?'],
  ],
  ["neither text nor number, missing", z.strictObject({ either }), {}, ["either is missing"]],
  [
    "an object or a number",
    z.union([z.number(), point]),
    { left: 1.5, top: 2 },
    ["left (1.5) is not a whole number: write 1 or 2"],
  ],
  [
    "a union in a union",
    z.strictObject({ u: z.union([z.union([point, z.null()]), z.boolean()]) }),
    { u: { left: 1, tpo: 1 } },
    ['u.tpo (1) is not a known key: did you mean "top"?'],
  ],
  [
    "one mistake against every form",
    z.union([point, z.strictObject({ ...point.shape, z: z.int().optional() })]),
    { left: "a", top: 1 },
    ['left ("a") is not a whole number'],
  ],
  [
    "forms told apart by a literal",
    z.union([
      z.strictObject({ is: z.literal("a"), left: z.int() }),
      z.strictObject({ is: z.literal("b"), top: z.int() }),
    ]),
    { is: "b", top: 1, q: 1 },
    ["q (1) is not a known key: the keys here are is, top"],
  ],
  ["more than one form", z.xor([z.string(), z.literal("a")]), "a", ['the value ("a") fits more than one form']],
  [
    "lists of different things",
    z.union([z.array(z.int()), z.array(z.boolean())]),
    ["a"],
    ['[0] ("a") is not a whole number; or [0] ("a") is not true or false'],
  ],
  [
    "a union of other things",
    z.union([z.union([z.string(), z.null()]), point]),
    { left: 1 },
    ["top is missing: write a whole number"],
  ],
  [
    "two mistakes in one kind",
    lamp,
    { kind: "bulb", colour: "blue", hue: 1 },
    ['colour ("blue") is not one of "red", "green"', "hue (1) is not a known key: the keys here are kind, colour"],
  ],
  ["a number for an instant", z.iso.datetime(), 5, ["the value (5) is not an instant such as 2026-01-31T00:00:00Z"]],
  ["a bit more than a whole", z.int(), 1.25, ["the value (1.25) is not a whole number: write 1 or 2"]],
  ["what every object has", z.strictObject({ valueOf: z.int() }), {}, ["valueOf is missing: write a whole number"]],
  ["pairs", z.tuple([z.int(), z.string()]), [1, 2], ['[1] (2) is not text: write "2"']],
  [
    "the rest of a list",
    z.tuple([z.int()], point),
    [1, { left: 1, tpo: 1 }],
    ['[1].tpo (1) is not a known key: did you mean "top"?'],
  ],
  ["keys of a record", z.record(z.enum(["a", "b"]), z.int()), { a: 1, b: 2, c: 3 }, ["c (3) is not a known key"]],
  [
    "values of a record",
    z.record(z.string(), point),
    { a: { left: 1, top: true } },
    ["a.top (true) is not a whole number"],
  ],
  ["patterns", z.strictObject({ id: z.string().regex(/^a+$/) }), { id: "b" }, ['id ("b") is not of the form /^a+$/']],
  ["days", z.iso.date(), "31.1.2026", ['the value ("31.1.2026") is not a date such as 2026-01-31']],
  ["UUIDs", z.strictObject({ id: z.uuid() }), {}, ["id is missing: write a UUID"]],
  ["multiples", z.int().multipleOf(60), 90, ["the value (90) must be a multiple of 60"]],
  ["limits that are outside", z.number().gt(0).lt(1), 1, ["the value (1) must be less than 1"]],
  ["limits that are inside", z.number().max(1), 2, ["the value (2) must be 1 or less"]],
  ["short text", z.string().min(3), "ab", ['the value ("ab") must have at least 3 characters']],
  ["long text", z.string().max(1), "ab", ['the value ("ab") must have at most 1 character']],
  ["text of a length", z.string().length(2), "abc", ['the value ("abc") must have exactly 2 characters']],
  ["long lists", z.array(z.int()).max(1), [1, 2], ["the value ([1, 2]) must have at most 1 entry"]],
  ["one value only", z.strictObject({ version: z.literal(1) }), {}, ["version is missing: write 1"]],
  [
    "our own sentences",
    z.strictObject({ a: z.string().refine(() => false, "needs a hat") }),
    { a: "x" },
    ['a ("x") needs a hat'],
  ],
  [
    "our own sentences that name the value",
    z.int().refine((n) => n > 0, { error: () => "of 0 is too little" }),
    0,
    ["the value of 0 is too little"],
  ],
  ["checks without a sentence", z.int().refine((n) => n > 0), 0, ["the value (0) is not valid"]],
  [
    "two problems",
    nested,
    { point: { left: "a" } },
    ['point.left ("a") is not a whole number', "point.top is missing: write a whole number"],
  ],
  [
    "keys with spaces",
    z.strictObject({ "two words": point }),
    { "two words": 1 },
    ['["two words"] (1) is not an object: write { left, top }'],
  ],
  [
    "keys of the language",
    point,
    JSON.parse('{"left": 1, "top": 2, "__proto__": 3}'),
    ["__proto__ (3) is not a known key: the keys here are left, top"],
  ],
];

describe("problems", () => {
  it.each(table)("explains %s", (_, schema, input, mistakes) => {
    expect(found(schema, input)).toEqual(mistakes);
  });

  it.each([
    ["text", "a\nb", '"a\\nb"'],
    ["long text", "x".repeat(500), `"${"x".repeat(58)}…`],
    ["a function", () => 1, "a function"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a bigint", 10n, "10n"],
    ["a date", new Date(0), "a Date"],
    ["a long list", [1, 2, 3, 4, 5, 6, 7], "[1, 2, 3, 4, 5, 6, …]"],
    ["deep objects", { a: { b: { c: 1 } }, d: [[1]] }, "{ a: { b: {…} }, d: [[…]] }"],
    ["an object without prototype", Object.assign(Object.create(null), { a: null }), "{ a: null }"],
    ["minus nothing", Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("shows %s shortened", (_, input, shown) => {
    expect(found(z.boolean(), input)).toEqual([`the value (${shown}) is not true or false`]);
  });

  it("has a sentence for every issue and each is a single line of bearable length", () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        for (const schema of [nested, shape, either, tree]) {
          const isWrong = !schema.safeParse(input).success;
          const texts = found(schema, input);
          expect(texts.length > 0).toBe(isWrong);
          for (const text of texts) {
            expect(text).not.toContain("\n");
            expect(text.length).toBeLessThan(400);
          }
        }
      }),
    );
  });
});
