import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, headroom, newFolder } from "./headroom.ts";
import { inProcess } from "./in-process.ts";

const CONFIG = 'export default { name: "x", targets: { web: { resource: { kind: "ecs-service", cluster: "a",';

const files = {
  "mistake.ts": `${CONFIG} service: "b" }, min: 3, maxx: 2, policies: [] } } };\n`,
  "syntax.ts": 'export default {\n  name: "x"\n  targets: {}\n};\n',
  "throws.ts": "const a = 1;\nthrow new Error('no luck with ' + a);\n",
  "empty.ts": "export const a = 1;\n",
  "import.ts": 'import "nowhere-to-be-found";\n',
  "words.csv": "timestamp,value\n2026-01-05T00:00:00Z,10\n2026-01-05T00:01:00Z,many\n",
  "backwards.csv": "timestamp,value\n120,1\n60,1\n",
  "heading.csv": "when,what\n0,1\n60,1\n",
  "short.csv": "timestamp,value\n0,1\n",
  "broken.json": "{",
  "other.json": '{"a":1}',
  "old.json": '{"record":{"version":0}}',
};

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

/** What was asked, the exit code, and what stderr says: text that stands there, or a pattern. */
type Case = [asked: string, code: number, says: string | RegExp];

const cases: Case[] = [
  ["", 2, "Usage: headroom"],
  ["statsu", 2, "unknown command 'statsu'\n(Did you mean status?)"],
  ["dev now", 2, "too many arguments"],
  ["dev --fro 3h", 2, "unknown option '--fro'\n(Did you mean --for?)"],
  ["dev --for 6x", 2, /'--for <duration>' argument '6x' is invalid\. Write a number/],
  ["dev --for 0s", 2, "'--for <duration>' argument '0s' is invalid"],
  ["dev --speed 0", 2, "'--speed <n>' argument '0' is invalid"],
  ["dev --seed x", 2, "'--seed <n>' argument 'x' is invalid"],
  ["dev --for 1h --trace wbe=load.csv", 2, '--trace wbe=load.csv: There is no target "wbe": did you mean web?'],
  ["dev --for 1h --trace web", 2, "--trace web: write the target and its file"],
  ["dev --for 1h --trace web=gone.csv", 2, "gone.csv: there is no such file"],
  ["dev --for 1h --trace web=words.csv", 2, 'words.csv, line 3: value "many" is not a number'],
  ["dev --for 1h --trace web=backwards.csv", 2, "backwards.csv, line 3"],
  ["dev --for 1h --trace web=heading.csv", 2, "heading.csv"],
  ["dev --for 1h --trace web=short.csv", 2, "short.csv"],
  ["dev --config gone.ts", 2, "There is no file gone.ts: check the path"],
  ["dev --state other.json", 2, "other.json is no folder"],
  ["config chekc", 2, "unknown command 'chekc'\n(Did you mean check?)"],
  ["cost --for 0s", 2, "'--for <duration>' argument '0s' is invalid"],
  ["cost --seed -1", 2, "'--seed <n>' argument '-1' is invalid"],
  ["cost --config gone.ts", 2, "There is no file gone.ts: check the path"],
  ["doctor web", 2, "too many arguments"],
  ["doctor --role headroom", 2, "Write the ARN of a role, such as arn:aws:iam::123456789012:role/headroom."],
  ["doctor --config gone.ts", 2, "There is no file gone.ts: check the path"],
  ["replay gone.json", 2, "There is no file gone.json"],
  ["replay broken.json", 2, "broken.json is not JSON"],
  ["replay other.json", 2, "other.json: The record has"],
  ["replay old.json", 2, "old.json: The record has"],
  ["replay -", 2, "stdin is not JSON"],
  ["replay .", 2, "cannot be read (EISDIR)"],
  ["explain", 2, "missing required argument 'target'"],
  ["status -o xml", 2, "'xml' is invalid. Allowed choices are table, json"],
  ["status", 1, "No headroom dev is running"],
  ["explain web", 1, "Start one: npx headroom dev"],
  ["replay web@2026-01-05T12:00:00Z", 1, "No headroom dev is running"],
];

const configurations: Case[] = [
  ["config check mistake.ts", 2, 'targets.web.maxx (2) is not a known key: did you mean "max"?'],
  ["config check mistake.ts", 2, /^error: mistake\.ts has 2 problems:\n/],
  ["config check syntax.ts", 2, /^error: syntax\.ts:3 cannot be loaded: /],
  ["config check throws.ts", 2, "throws.ts:2 cannot be loaded: no luck with 1"],
  ["config check empty.ts", 2, "empty.ts exports nothing by default: write"],
  ["config check import.ts", 2, "import.ts cannot be loaded: Cannot find package 'nowhere-to-be-found'"],
  ["config check .", 2, "There is no file .: check the path"],
];

function check(ended: Ended, code: number, says: string | RegExp): void {
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).not.toMatch(/^ +at /m); // no stack
}

const words = (asked: string) => (asked === "" ? [] : asked.split(" "));

describe("bad input", () => {
  it.each(cases)("headroom %s: exit code %d", async (asked, code, says) => {
    check(await inProcess(folder, words(asked)), code, says);
  });

  it.concurrent.each(configurations)("headroom %s: exit code %d", { timeout: 60_000 }, async (asked, code, says) => {
    check(await headroom(folder, words(asked)), code, says);
  });

  it("leaves everything as it was", async () => {
    expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort());
  });
});

describe("help", () => {
  it.each([["--help"], ["dev --help"], ["config check --help"], ["help explain"]])(
    "%s goes to stdout",
    async (asked) => {
      const { code, stdout, stderr } = await inProcess(folder, asked.split(" "));
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Usage: headroom");
    },
  );
});

describe("a valid configuration", { timeout: 60_000 }, () => {
  it("is summed up, from the project where there is none here", async () => {
    const { code, stdout, stderr } = await headroom(folder, ["config", "check"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^TARGET +KIND +MODE +UNITS +POLICIES +SIGNALS\nweb +ecs-service +control +2-40 /);
    expect(stderr).toMatch(/headroom\.config\.ts is valid: fleet shop with 4 targets\.\n$/);
  });

  it("is JSON on demand", async () => {
    const { stdout } = await headroom(folder, ["config", "check", "-o", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ fleet: "shop", targets: [{ id: "web", min: 2, max: 40 }, {}, {}, {}] });
  });
});
