import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotFound } from "@headroom/decisions/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "./client.ts";
import { Failed } from "./failed.ts";
import { writeEndpoint } from "./local/endpoint.ts";

let folder: string;
let server: Server;
let answer: { status: number; body: string };
let asked: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headroom-client-"));
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer.status).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** What `endpoint.json` says, with our server at its port. */
async function leftBehindBy(pid: number): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  await writeEndpoint(folder, { url: `http://127.0.0.1:${address.port}`, token: "secret", pid });
}

const notRunning = () => new Failed(`No headroom dev is running on ${folder}. Start one: npx headroom dev`);

describe("an endpoint.json that was left behind", () => {
  it("by a process that is gone sends nobody the token", async () => {
    const { pid } = spawnSync(process.execPath, ["-v"]);
    await leftBehindBy(pid);
    await expect(connect(folder)).rejects.toThrow(notRunning());
    expect(asked).toBe(0);
  });

  it.each([
    ["a page", 200, "<!doctype html>"],
    ["other JSON", 200, '{"hello":"world"}'],
    ["a page that is not there", 404, "Not Found"],
    ["another API's error", 500, '{"error":{"code":7}}'],
    ["another token", 401, '{"error":"Denied","message":"Send the token"}'],
  ])("with another server at its port, which answers with %s, is none that is running", async (_, status, body) => {
    await leftBehindBy(process.pid);
    answer = { status, body };
    const client = await connect(folder);
    await expect(client.status()).rejects.toThrow(notRunning());
  });
});

it("what our API refuses is said as it says it", async () => {
  await leftBehindBy(process.pid);
  answer = { status: 404, body: '{"error":"NotFound","message":"There is no target \\"x\\""}' };
  const client = await connect(folder);
  await expect(client.now("x")).rejects.toThrow(new NotFound('There is no target "x"'));
});
