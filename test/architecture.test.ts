import { sentences } from "@headroom/decisions/reasons";
import { describe, expect, it } from "vitest";
import { crossedWorlds, strayAwsSdk, strayImports } from "./architecture/imports.ts";
import { impurities, strayEnvironment, waiting } from "./architecture/purity.ts";
import { missingLines, unusedReasons } from "./architecture/registries.ts";
import { type Source, sourceTree } from "./architecture/source.ts";
import { barrels, casts, emptyNames, machinePaths, unchecked } from "./architecture/style.ts";

type Rule = (files: readonly Source[]) => string[];

const rules: Record<string, Rule> = {
  "decisions, forecast and loops import only what they may": strayImports,
  "only packages/aws imports the AWS SDK": strayAwsSdk,
  "the twin and AWS never import each other": crossedWorlds,
  "time, ids and chance are arguments": impurities,
  "decisions do not wait": waiting,
  "one file reads the environment": strayEnvironment,
  "names say what lives there": emptyNames,
  "there are no barrels": barrels,
  "nothing is hidden from the compiler": unchecked,
  "there are no casts": casts,
  "no file names a place on one machine": machinePaths,
  "every sibling has its line in the registry": missingLines,
  "every reason is given somewhere": (files) => unusedReasons(Object.keys(sentences), files),
};

// The examples below are violations on purpose.
const files = sourceTree(`${import.meta.dirname}/..`).filter(({ path }) => path !== "test/architecture.test.ts");

describe("the source tree", () => {
  it("was read", () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["package.json", ".ci/run", "packages/decisions/src/decide.ts"]));
    expect(paths.filter((path) => path.includes("node_modules"))).toEqual([]);
  });

  it.each(Object.entries(rules))("%s", (_, rule) => {
    expect(rule(files)).toEqual([]);
  });
});

/** A file that breaks a rule, or one near it that doesn't, and the beginning of what the rule says. */
type Example = [rule: Rule, path: string, text: string, says: string | undefined];

const pure = "packages/decisions/src/x.ts";
const loop = "packages/loops/src/x.ts";
const policies = "packages/decisions/src/policies";

const examples: Example[] = [
  [strayImports, pure, 'import x from "lodash";', `${pure} imports lodash`],
  [strayImports, pure, 'import { World } from "@headroom/loops/world";', `${pure} imports @headroom/loops/world`],
  [
    strayImports,
    pure,
    'import type { World } from "../../loops/src/world.ts";',
    `${pure} imports packages/loops/src/world.ts`,
  ],
  [strayImports, pure, 'const x = await import("node:fs");', `${pure} imports node:fs`],
  [strayImports, pure, 'import "zod/mini";', `${pure} imports zod/mini`],
  [
    strayImports,
    pure,
    'import * as z from "zod";\nimport { Cron } from "croner";\nimport { y } from "../src/y.ts";',
    undefined,
  ],
  [strayImports, "packages/decisions/src/x.test.ts", 'import fc from "fast-check";', undefined],
  [
    strayImports,
    "packages/forecast/src/x.ts",
    'import { x } from "@headroom/decisions/model";',
    "packages/forecast/src/x.ts imports @headroom",
  ],
  [strayImports, loop, 'import { x } from "@headroom/aws/world";', `${loop} imports @headroom/aws/world`],
  [strayImports, loop, 'import { x } from "@headroom/twin/world";', `${loop} imports @headroom/twin/world`],
  [
    strayImports,
    loop,
    'import { x } from "@headroom/decisions/decide";\nimport { y } from "@headroom/forecast/y";',
    undefined,
  ],

  [strayAwsSdk, "functions/x.ts", 'import { S3 } from "@aws-sdk/client-s3";', "functions/x.ts imports the AWS SDK"],
  [
    strayAwsSdk,
    "packages/cli/src/x.ts",
    'import { x } from "@smithy/types";',
    "packages/cli/src/x.ts imports the AWS SDK",
  ],
  [strayAwsSdk, "test/contract/x.test.ts", 'import { S3 } from "@aws-sdk/client-s3";', undefined],
  [strayAwsSdk, "packages/aws/src/x.ts", 'import { S3 } from "@aws-sdk/client-s3";', undefined],
  [strayAwsSdk, "functions/x.ts", '// as import { S3 } from "@aws-sdk/client-s3" would\n', undefined],

  [
    crossedWorlds,
    "packages/twin/src/x.ts",
    'import { x } from "@headroom/aws/x";',
    "packages/twin/src/x.ts imports @headroom/aws/x",
  ],
  [
    crossedWorlds,
    "packages/aws/src/x.test.ts",
    'import { x } from "../../twin/src/x.ts";',
    "packages/aws/src/x.test.ts imports packages/twin",
  ],
  [
    crossedWorlds,
    "packages/cli/src/x.ts",
    'import { x } from "@headroom/aws/x";\nimport { y } from "@headroom/twin/y";',
    undefined,
  ],

  [impurities, pure, "const now = Date.now();", `${pure} uses Date.now`],
  [impurities, pure, "const now = Date\n  .now();", `${pure} uses Date.now`],
  [impurities, pure, "const now = new Date();", `${pure} uses new Date()`],
  [impurities, pure, "const now = new Date;", `${pure} uses new Date()`],
  [impurities, pure, "const now = Date();", `${pure} uses Date()`],
  [impurities, pure, "const day = new Date(at * 1000).getUTCDay();", undefined],
  [impurities, pure, "const at = Date.parse(text);", undefined],
  [impurities, "packages/forecast/src/x.ts", "const x = Math.random();", "packages/forecast/src/x.ts uses Math.random"],
  [impurities, loop, "const t = performance.now();", `${loop} uses performance`],
  [impurities, loop, "const x = process.pid;", `${loop} uses process`],
  [impurities, loop, "setTimeout(f, 1);", `${loop} uses a timer`],
  [impurities, loop, "const id = crypto.randomUUID();", `${loop} uses crypto`],
  [impurities, loop, 'import { randomUUID } from "node:crypto";', `${loop} uses node:crypto`],
  [impurities, loop, 'await fetch("x");', `${loop} uses fetch`],
  [impurities, loop, "console.log(1);", `${loop} uses console`],
  [impurities, loop, 'world.process.start(); // not Date.now()\nconst why = "Math.random()";', undefined],
  [impurities, "packages/twin/src/x.ts", "const now = Date.now();", undefined],
  [impurities, "packages/loops/src/x.test.ts", "const now = Date.now();", undefined],

  [waiting, pure, "export async function decide() {}", `${pure} waits`],
  [waiting, pure, "const x: Promise<number> = y;", `${pure} waits`],
  [waiting, loop, "export async function tick() {}", undefined],

  [
    strayEnvironment,
    "packages/aws/src/x.ts",
    "const x = process.env.AWS_REGION;",
    "packages/aws/src/x.ts reads the environment",
  ],
  [strayEnvironment, "functions/x.ts", "const { A } = process . env;", "functions/x.ts reads the environment"],
  [
    strayEnvironment,
    "packages/cli/src/x.ts",
    'import { env } from "node:process";',
    "packages/cli/src/x.ts reads the environment",
  ],
  [
    strayEnvironment,
    "packages/console/src/x.ts",
    "const x = import.meta.env.MODE;",
    "packages/console/src/x.ts reads the environment",
  ],
  [strayEnvironment, "packages/aws/src/environment.ts", "export const home = process.env.HOME;", undefined],
  [strayEnvironment, "packages/cli/src/x.ts", 'import { environment } from "./environment.ts";', undefined],

  [emptyNames, "packages/x/src/utils.ts", "", "packages/x/src/utils.ts has a name"],
  [emptyNames, "packages/x/src/date-helpers.ts", "", "packages/x/src/date-helpers.ts has a name"],
  [emptyNames, "packages/x/src/common/clock.ts", "", "packages/x/src/common/clock.ts has a name"],
  [emptyNames, "functions/queue-manager.ts", "", "functions/queue-manager.ts has a name"],
  [emptyNames, "packages/x/src/services.test.ts", "", "packages/x/src/services.test.ts has a name"],
  [emptyNames, "packages/twin/src/workloads/service.ts", "", undefined],
  [emptyNames, "packages/x/src/ecs-service-units.ts", "", undefined],

  [barrels, "packages/x/src/all.ts", 'export * from "./a.ts";', "packages/x/src/all.ts is a barrel"],
  [barrels, "packages/x/src/all.ts", 'export { a } from "./a.ts";', "packages/x/src/all.ts is a barrel"],
  [barrels, "packages/x/src/all.ts", 'export type {\n  A,\n} from "./a.ts";', "packages/x/src/all.ts is a barrel"],
  [barrels, "packages/x/src/index.ts", "export const a = 1;", "packages/x/src/index.ts is a barrel"],
  [barrels, "packages/x/src/a.ts", 'import { b } from "./b.ts";\nexport const a = b;', undefined],

  [unchecked, pure, "// @ts-ignore\nf();", `${pure} silences the compiler`],
  [unchecked, pure, "// @ts-nocheck\nf();", `${pure} silences the compiler`],
  [unchecked, pure, "const x: any = 1;", `${pure} says any`],
  [unchecked, pure, "const x = y as any;", `${pure} says any`],
  [unchecked, pure, "const x: Map<string, any> = y;", `${pure} says any`],
  [unchecked, pure, "function f(...x: any[]) {}", `${pure} says any`],
  [
    unchecked,
    pure,
    "// any of them\nconst any = f({ x: any() }, 1);\nconst x: { any: number } = { any: 1 };",
    undefined,
  ],
  [unchecked, "packages/x/src/x.test.ts", "// @ts-expect-error a duration needs its unit\nf(1);", undefined],

  [casts, pure, "const x = y as Fleet;", `${pure} has a cast`],
  [casts, pure, "const x = f(y) as unknown;", `${pure} has a cast`],
  [casts, "functions/x.ts", "const x = { ...y } as { a: 1 };", "functions/x.ts has a cast"],
  [
    casts,
    pure,
    'import * as z from "zod";\nimport { a as b } from "./a.ts";\nimport {\n  c as d,\n} from "./c.ts";',
    undefined,
  ],
  [casts, pure, 'const x = ["a"] as const; // as Fleet\nconst y = "x as Y";', undefined],
  [casts, pure, 'type T = { [S in P as S["kind"]]: S };', undefined],
  [casts, "packages/x/src/x.test.ts", "const x = y as Fleet;", undefined],

  [machinePaths, "docs/x.md", "see /home/someone/notes", "docs/x.md names a place"],
  [machinePaths, "package.json", '{"a": "/Users/someone"}', "package.json names a place"],
  [machinePaths, "docs/x.md", "https://example.com/home/x and docs/work/x and ~/work/x", undefined],
];

describe("each rule", () => {
  it.each(examples)("%o %s %j %s", (rule, path, text, says) => {
    const found = rule([{ path, text }]);
    expect(found).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
  });

  it("is proven to fire", () => {
    const proven = new Set(examples.filter(([, , , says]) => says !== undefined).map(([rule]) => rule));
    const elsewhere = 2; // missing lines and unused reasons need more than one file
    expect(proven.size + elsewhere).toBe(Object.keys(rules).length);
  });
});

describe("missing lines", () => {
  const registry = { path: `${policies}/registry.ts`, text: 'import * as queue from "./queue.ts";' };
  const queue = { path: `${policies}/queue.ts`, text: 'import { d } from "./drain.ts";\nexport function propose() {}' };
  const drain = { path: `${policies}/drain.ts`, text: "export function d() {}" };
  const step = { path: `${policies}/step.ts`, text: "export function propose() {}" };

  it("accepts a registry that has all, what siblings use, and tests", () => {
    expect(missingLines([registry, queue, drain, { path: `${policies}/queue.test.ts`, text: "" }])).toEqual([]);
  });

  it.each([
    ["a policy", [registry, queue, drain, step], "step.ts"],
    ["a policy that only a sibling uses", [registry, { ...queue, text: 'import "./step.ts";' }, step], "step.ts"],
    ["a file that nobody uses", [registry, { ...queue, text: "" }, drain], "drain.ts"],
    ["everything, without registry", [queue], "queue.ts"],
  ])("names %s", (_, files, missing) => {
    expect(missingLines(files)).toEqual([
      `${policies}/${missing} is not used: its line is missing in ${policies}/registry.ts`,
    ]);
  });

  it.each([
    ["packages/decisions/src/limits", "export const spend: Limit = () => undefined;"],
    ["packages/aws/src/targets", "export const load = () => undefined;"],
    ["packages/aws/src/registered", "export const dimensions = [];"],
    ["packages/aws/src/doctor", 'export const quota: Check = { name: "quota", run: async () => [] };'],
    ["events", 'export const type = "headroom.drill.started";'],
  ])("looks into %s", (folder, text) => {
    expect(missingLines([{ path: `${folder}/x.ts`, text }])).toEqual([
      `${folder}/x.ts is not used: its line is missing in ${folder}/registry.ts`,
    ]);
  });
});

describe("unused reasons", () => {
  const reasons = { path: "packages/decisions/src/reasons.ts", text: '"atMax" "belowMin"' };

  it("names a code that only its own list and tests mention", () => {
    const test = { path: "packages/decisions/src/x.test.ts", text: '"belowMin"' };
    const source = { path: "packages/decisions/src/limits/bounds.ts", text: 'code: "atMax"' };
    expect(unusedReasons(["atMax", "belowMin"], [reasons, test, source])).toEqual([
      "packages/decisions/src/reasons.ts: nothing gives the reason belowMin",
    ]);
  });
});
