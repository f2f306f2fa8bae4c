import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { types } from "./mutations/types.ts";
import { installPlatform } from "./offline/platform.ts";
import { createWorkspace, type Edit } from "./offline/workspace.ts";

const COMPILER = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");

/** What the compiler says of infra/, as `npm run infra:types` calls it. */
async function said(edits: readonly Edit[]): Promise<string> {
  const cwd = createWorkspace("types", { platform: await installPlatform(), edits });
  const args = [COMPILER, "--noEmit", "-p", "tsconfig.infra.json"];
  return new Promise((resolve) => execFile(process.execPath, args, { cwd }, (_, stdout) => resolve(stdout)));
}

it("the types of infra are right, against SST's own platform", async () => {
  expect(await said([])).toBe("");
});

it("mistakes in them are found, each of them", async () => {
  const text = await said(types);
  for (const { says } of types) expect(text).toMatch(says);
});
