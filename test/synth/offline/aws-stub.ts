import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ACCOUNT, REGION } from "./place.ts";

// The few calls to AWS that the SST CLI makes itself, before and after Pulumi: its bootstrap and passphrase (SSM), and its
// state (S3). Everything else is refused: as a proxy it sees what would go elsewhere, too.

/** `refused` names the requests that it had no answer for. */
export type AwsStub = { url: string; refused: string[]; close(): void };

/** What `sst deploy` leaves in an account the first time, and looks for afterwards. */
const bootstrap = {
  version: 5,
  asset: "sst-asset-synth",
  state: "sst-state-synth",
  assetEcrRegistryId: ACCOUNT,
  assetEcrUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/sst-asset`,
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What was sent in chunks, each after a line with its length in hexadecimal (and a signature). */
function dechunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const length = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(length > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(parts);
}

type Answer = { status: number; type: string; body: string | Buffer };

const json = (status: number, value: unknown): Answer => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(value),
});
const xml = (status: number, body: string): Answer => ({
  status,
  type: "application/xml",
  body: `<?xml version="1.0"?>${body}`,
});

function parameters() {
  const kept = new Map([["/sst/bootstrap", JSON.stringify(bootstrap)]]);
  return (operation: string, { Name, Value }: { Name: string; Value: string }): Answer | undefined => {
    if (operation === "PutParameter") {
      kept.set(Name, Value);
      return json(200, { Version: 1 });
    }
    if (operation !== "GetParameter") return undefined;
    const found = kept.get(Name);
    if (found === undefined) return json(400, { __type: "ParameterNotFound", message: Name });
    return json(200, { Parameter: { Name, Type: "String", Value: found, Version: 1 } });
  };
}

function objects() {
  const kept = new Map<string, Buffer>();
  return (method: string, key: string, body: Buffer): Answer | undefined => {
    if (method === "PUT") kept.set(key, body);
    else if (method === "DELETE") kept.delete(key);
    else if (method !== "GET") return undefined;
    const found = kept.get(key);
    if (method !== "GET") return xml(method === "PUT" ? 200 : 204, "");
    if (found === undefined) return xml(404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
    return { status: 200, type: "application/json", body: found };
  };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { "content-type": type });
  response.end(status === 204 ? undefined : body);
}

/** Listens on loopback, on a port of its own. */
export async function startAwsStub(): Promise<AwsStub> {
  const refused: string[] = [];
  const parameter = parameters();
  const object = objects();
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const raw = await bodyOf(request);
    const target = String(headers["x-amz-target"] ?? "");
    const isChunked = String(headers["content-encoding"] ?? "").includes("aws-chunked");
    const [path = ""] = decodeURIComponent(url).split("?");
    const answer = target.startsWith("AmazonSSM.")
      ? parameter(target.slice("AmazonSSM.".length), JSON.parse(raw.toString()))
      : object(method, path, isChunked ? dechunked(raw) : raw);
    if (answer === undefined) refused.push(`${method} ${url} ${target}`);
    send(response, answer ?? json(400, { __type: "NotSupported", message: `${method} ${url} ${target}` }));
  });
  server.on("connect", ({ url }, socket) => {
    refused.push(`CONNECT ${url}`);
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in for AWS has no port");
  return { url: `http://127.0.0.1:${address.port}`, refused, close: () => server.close() };
}
