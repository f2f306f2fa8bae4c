import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { startDynalite } from "@headroom/cli/local/dynalite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "./cli/headroom.ts";
import { recordOf } from "./contract/samples.ts";

// What `npm run records` and `npm run role-policy` run.

type Ended = { code: number | string | null | undefined; stdout: string; stderr: string };

function script(name: string, args: readonly string[], { cwd = ".", env = {} }: { cwd?: string; env?: object } = {}) {
  const path = join(import.meta.dirname, "../scripts", name);
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(process.execPath, [path, ...args], { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
    resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
  );
  return promise;
}

describe("records", { timeout: 60_000 }, () => {
  const reached = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  let server: Awaited<ReturnType<typeof startDynalite>>;
  beforeAll(async () => {
    server = await startDynalite();
    const client = dynamoClient({ ...reached, endpoint: server.endpoint });
    await createTable(client, "state");
    const now = Math.floor(Date.now() / 1000);
    await dynamoStores(client, "state").records.append([recordOf("web", now - 600), recordOf("web", now - 60)]);
    client.destroy();
  });
  afterAll(() => server.close());

  const records = (...args: string[]) => {
    const keys = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
    return script("records.ts", args, { env: { ...keys, AWS_ENDPOINT_URL_DYNAMODB: server.endpoint } });
  };

  it("prints a line a record, the newest last", async () => {
    const { code, stdout } = await records("state", "web");
    const instants = stdout
      .trim()
      .split("\n")
      .map((line) => Date.parse(line.slice(0, 20)));
    expect({ code, count: instants.length }).toEqual({ code: 0, count: 2 });
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it("prints records that can be replayed", async () => {
    const { stdout } = await records("state", "web", "--json");
    const [first] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ version: expect.any(Number), input: { target: "web" } });
  });

  it("says when there is none, and how it is called", async () => {
    expect((await records("state", "gone")).stderr).toContain("There is no record of gone");
    expect(await records("state")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("role-policy", { timeout: 60_000 }, () => {
  const ROLE = "arn:aws:iam::444455556666:role/headroom";
  const CONFIG = `export default { name: "shop", targets: { far: {
    resource: { kind: "ecs-service", cluster: "c", service: "s" }, account: "444455556666", role: "${ROLE}",
    mode: "control", min: 1, max: 5,
    policies: [{ kind: "queue", queue: "jobs", drainWithin: "5m", secondsPerMessage: 2 }] } } };`;
  let cwd: string;
  beforeAll(async () => {
    cwd = await newFolder();
    await writeFile(join(cwd, "headroom.config.ts"), CONFIG);
  });
  afterAll(() => rm(cwd, { recursive: true }));

  it("prints what the role must allow, where its targets are", async () => {
    const { code, stdout } = await script("role-policy.ts", [ROLE, "eu-west-1"], { cwd });
    const { Version, Statement } = JSON.parse(stdout);
    expect({ code, Version }).toEqual({ code: 0, Version: "2012-10-17" });
    expect(Statement).toContainEqual({
      ...{ Effect: "Allow", Action: ["ecs:DescribeServices", "ecs:UpdateService"] },
      Resource: ["arn:aws:ecs:eu-west-1:444455556666:service/c/s"],
    });
  });

  it("refuses what is no role, or no role of the fleet", async () => {
    expect(await script("role-policy.ts", ["headroom"], { cwd })).toMatchObject({ code: 2, stdout: "" });
    const other = await script("role-policy.ts", [`${ROLE}-other`], { cwd });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("No target in headroom.config.ts has") });
  });
});
