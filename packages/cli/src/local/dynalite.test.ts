import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { Invalid } from "@headroom/decisions/errors";
import { ClassicLevel } from "classic-level";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDynalite } from "./dynalite.ts";

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "headroom-dynalite-"));
});
afterAll(() => rm(base, { recursive: true }));

const clientOf = ({ endpoint }: { endpoint: string }) =>
  dynamoClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } });

async function refusal(folder: string): Promise<string> {
  const outcome = await startDynalite({ folder }).catch((error: unknown) => error);
  if (outcome instanceof Invalid) return outcome.message;
  throw new Error("the folder was accepted", { cause: outcome });
}

/** A folder with a database that was closed properly, with enough in it for a table file. */
async function filled(name: string): Promise<string> {
  const folder = join(base, name);
  const database = new ClassicLevel(folder);
  for (let key = 0; key < 300; key++) await database.put(`key-${key}`, `${key}`.repeat(200));
  await database.compactRange("a", "z");
  await database.close();
  return folder;
}

async function damage(folder: string, file: RegExp): Promise<void> {
  const name = (await readdir(folder)).find((each) => file.test(each));
  if (name === undefined) throw new Error(`there is no ${file}`);
  const bytes = await readFile(join(folder, name));
  await writeFile(join(folder, name), bytes.fill(0x55));
}

describe("startDynalite", () => {
  test("two run side by side, on ports of their own", async () => {
    const servers = await Promise.all([startDynalite(), startDynalite()]);
    const [one, two] = servers.map(({ endpoint }) => endpoint);
    expect(one).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(two).not.toBe(one);
    await Promise.all(servers.map(({ close }) => close()));
  });

  test("no other machine can reach it", async () => {
    const server = await startDynalite();
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outside = addresses.filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const host of outside.map(({ address }) => address)) {
      const socket = connect(Number(new URL(server.endpoint).port), host);
      await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
    }
    await server.close();
  });

  test("with a folder, what was written is there after a restart", async () => {
    const folder = join(base, "kept", "deep");
    const claim = { at: 60, sets: "capacity" as const, from: 1, to: 2, until: 90 };
    const first = await startDynalite({ folder });
    const writer = clientOf(first);
    await createTable(writer, "headroom");
    await dynamoStores(writer, "headroom").targets.claim("web", claim);
    writer.destroy();
    await first.close();

    const second = await startDynalite({ folder });
    const reader = clientOf(second);
    await createTable(reader, "headroom");
    const rows = await dynamoStores(reader, "headroom").targets.load(["web"]);
    expect(rows.get("web")?.claim).toEqual(claim);
    reader.destroy();
    await second.close();
  });

  test("a client that hangs up in the middle of a request does not end it", async () => {
    const server = await startDynalite();
    const { port } = new URL(server.endpoint);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf");
    await once(socket, "connect");
    socket.destroy();
    const client = clientOf(server);
    await createTable(client, "headroom");
    client.destroy();
    await server.close();
  });
});

/** What is answered to ListTables with these headers. */
function listTables({ endpoint }: { endpoint: string }, headers: Record<string, string>): Promise<IncomingMessage> {
  const signed = "AWS4-HMAC-SHA256 Credential=a/20260101/local/dynamodb/aws4_request, SignedHeaders=a, Signature=a";
  const asked = request(endpoint, {
    ...{ method: "POST", agent: false },
    headers: {
      ...{ "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.ListTables" },
      ...{ "x-amz-date": "20260101T000000Z", authorization: signed },
      ...headers,
    },
  });
  asked.end("{}");
  return once(asked, "response").then(([answer]) => answer);
}

describe("answers", () => {
  test.each([
    ["programs of this machine", {}, 200],
    ["them by its name", { host: "localhost:1234" }, 200],
    ["no web page", { origin: "https://evil.example" }, 403],
    ["no page from a file", { origin: "null" }, 403],
    ["no web page whose name leads here", { host: "evil.example" }, 403],
  ])("%s", async (_, headers, status) => {
    const server = await startDynalite();
    const answer = await listTables(server, headers);
    const said = await text(answer);
    expect({ status: answer.statusCode, tables: said.includes("TableNames") }).toEqual({
      status,
      tables: status === 200,
    });
    await server.close();
  });
});

describe("a folder is refused, and left as it is, when it", () => {
  test("is in use", async () => {
    const folder = join(base, "used");
    const running = await startDynalite({ folder });
    expect(await refusal(folder)).toBe(
      `The state folder ${folder} is in use, probably by another \`headroom dev\`: stop that one, or use --state DIR.`,
    );
    await running.close();
    const again = await startDynalite({ folder });
    await again.close();
  });

  test.each([
    ["the list of its files", /^CURRENT$/],
    ["its manifest", /^MANIFEST/],
    ["a table", /\.ldb$/],
  ])("is damaged in %s", async (what, file) => {
    const folder = await filled(`damaged ${what}`);
    await damage(folder, file);
    const message = await refusal(folder);
    expect(message).toContain(`The state folder ${folder} is damaged (`);
    expect(message).toContain("move it away to start afresh, or choose another with --state DIR.");
    expect((await readdir(folder)).some((name) => /\.ldb$/.test(name))).toBe(true);
  });

  test("has lost the list of its files, which LevelDB takes for a new folder", async () => {
    const folder = await filled("lost");
    await rm(join(folder, "CURRENT"));
    const before = await readdir(folder);
    expect(await refusal(folder)).toMatch(/lost holds \S+ and no state of Headroom/);
    expect(await readdir(folder)).toEqual(before);
  });

  test("holds something else, even when it looks like a file of LevelDB's", async () => {
    const folder = join(base, "foreign");
    await mkdir(folder);
    await writeFile(join(folder, "000007.log"), "my own log");
    expect(await refusal(folder)).toMatch(
      /foreign holds 000007\.log and no state of Headroom: choose an empty folder or a new one with --state DIR\.$/,
    );
    expect(await readFile(join(folder, "000007.log"), "utf8")).toBe("my own log");
    expect(await readdir(folder)).toEqual(["000007.log"]);
  });

  test("is a file, or lies in one", async () => {
    const file = join(base, "file");
    await writeFile(file, "text");
    expect(await refusal(file)).toMatch(/file is not a folder/);
    expect(await refusal(join(file, "below"))).toMatch(/below is not a folder, or lies in something that is none/);
    expect(await readFile(file, "utf8")).toBe("text");
  });

  test("has no name", async () => {
    expect(await refusal("")).toBe("The state folder has no name: write --state DIR.");
  });

  test("cannot be made", async () => {
    expect(await refusal("/dev/null/state")).toMatch(/^The state folder \/dev\/null\/state /);
  });
});

describe("a folder is accepted when it", () => {
  test("is there and empty", async () => {
    const folder = join(base, "empty");
    await mkdir(folder);
    const server = await startDynalite({ folder });
    await server.close();
  });

  test("has only what a first start leaves that was cut short", async () => {
    const folder = join(base, "cut short");
    await mkdir(folder);
    await writeFile(join(folder, "LOCK"), "");
    await writeFile(join(folder, "LOG"), "");
    const server = await startDynalite({ folder });
    await server.close();
  });
});
