import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Invalid } from "@headroom/decisions/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEndpoint, removeEndpoint, writeEndpoint } from "./endpoint.ts";
import { readSaved, save, savedFile } from "./saved.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headroom-state-"));
});
afterEach(() => rm(folder, { recursive: true }));

const state = { version: 1 as const, fleet: "shop", seed: 3, twin: { at: 5, more: [1, null] } };

describe("what is saved of the simulated account", () => {
  it("is nothing at first", async () => {
    expect(await readSaved(folder)).toBeUndefined();
  });

  it("is read back, and replaced as a whole", async () => {
    await save(folder, { ...state, seed: 4 });
    await save(folder, state);
    expect(await readSaved(folder)).toEqual(state);
    expect(await readdir(folder)).toEqual(["twin.json"]);
  });

  it("is what it was before, when the process dies while it is written", async () => {
    await save(folder, state);
    await writeFile(`${savedFile(folder)}.tmp`, '{"version":1,"fl');
    expect(await readSaved(folder)).toEqual(state);
    await save(folder, { ...state, seed: 9 });
    expect(await readSaved(folder)).toMatchObject({ seed: 9 });
  });

  it.each([
    ["", "is not JSON"],
    ["{", "is not JSON"],
    ["[]", "is damaged"],
    ['{"version":2,"fleet":"shop","seed":1,"twin":{}}', "is damaged"],
    ['{"version":1,"fleet":"shop","seed":"one","twin":{}}', 'seed ("one")'],
  ])("is refused when it is %j, and left as it is", async (text, says) => {
    const file = savedFile(folder);
    await writeFile(file, text);
    const error = await readSaved(folder).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Invalid);
    expect(String(error)).toContain(file);
    expect(String(error)).toContain(says);
    expect(String(error)).toContain("move it away");
    expect(await readFile(file, "utf8")).toBe(text);
  });
});

describe("where to ask", () => {
  const endpoint = { url: "http://127.0.0.1:1", token: "secret", pid: 1 };

  it("can be read by this user alone", async () => {
    await writeEndpoint(folder, endpoint);
    expect((await stat(join(folder, "endpoint.json"))).mode & 0o777).toBe(0o600);
    expect(await readEndpoint(folder)).toEqual(endpoint);
  });

  it("can be replaced, and removed twice", async () => {
    await writeEndpoint(folder, endpoint);
    await writeEndpoint(folder, { ...endpoint, pid: 2 });
    expect(await readEndpoint(folder)).toMatchObject({ pid: 2 });
    await removeEndpoint(folder);
    await removeEndpoint(folder);
    expect(await readEndpoint(folder)).toBeUndefined();
  });

  it("is refused when it is damaged", async () => {
    await writeFile(join(folder, "endpoint.json"), '{"url":"x"}');
    await expect(readEndpoint(folder)).rejects.toThrow(/endpoint\.json has \d problems/);
  });
});
