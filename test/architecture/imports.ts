import { importsOf, isCode, isTest, production, type Source } from "./source.ts";

/** What production code below a folder may import besides itself, and why no more. */
const allowed: { folder: string; may: RegExp; why: string }[] = [
  {
    folder: "packages/decisions",
    may: /^(zod|croner)$/,
    why: "decisions are functions of their arguments: zod and croner alone",
  },
  { folder: "packages/forecast", may: /^zod$/, why: "forecasts are numerics: zod alone" },
  {
    folder: "packages/loops",
    may: /^(zod|@headroom\/(decisions|forecast)\/.+)$/,
    why: "loops know decisions, forecasts and the World type: nothing of AWS, of the twin or of Node",
  },
];

/** Code below a folder that imports what it may not. */
export function strayImports(files: readonly Source[]): string[] {
  return allowed.flatMap(({ folder, may, why }) =>
    production(files, folder).flatMap((file) =>
      importsOf(file)
        .filter((name) => !name.startsWith(`${folder}/`) && !may.test(name))
        .map((name) => `${file.path} imports ${name}; ${why}`),
    ),
  );
}

/** Code outside packages/aws that imports the SDK. Tests may, to look at what was written over the wire. */
export function strayAwsSdk(files: readonly Source[]): string[] {
  return files
    .filter((file) => isCode(file) && !isTest(file) && !file.path.startsWith("packages/aws/"))
    .filter((file) => importsOf(file).some((name) => /^@(aws-sdk|smithy)\//.test(name)))
    .map(({ path }) => `${path} imports the AWS SDK; only packages/aws may`);
}

/** Code of the twin that imports the AWS adapters, or the other way round, tests included. */
export function crossedWorlds(files: readonly Source[]): string[] {
  const worlds = [
    { mine: "packages/twin/", other: /^(@headroom\/aws\/|packages\/aws\/)/ },
    { mine: "packages/aws/", other: /^(@headroom\/twin\/|packages\/twin\/)/ },
  ];
  return worlds.flatMap(({ mine, other }) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith(mine))
      .flatMap((file) => importsOf(file).map((name) => ({ path: file.path, name })))
      .filter(({ name }) => other.test(name))
      .map(({ path, name }) => `${path} imports ${name}; the twin and AWS know nothing of each other`),
  );
}
