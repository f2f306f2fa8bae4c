import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { actionOf } from "./actions.ts";

/** A proxy before an emulator that notes which IAM action each request needs. */
export type Recorder = {
  endpoint: string;
  /** Actions of all requests so far, oldest first. */
  actions(): readonly string[];
  close(): Promise<void>;
};

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function pass(incoming: IncomingMessage, body: Buffer, target: string, outgoing: ServerResponse): void {
  const { method, headers, url = "/" } = incoming;
  const forwarded = request(new URL(url, target), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on("error", (error) => outgoing.writeHead(502).end(error.message));
  forwarded.end(body);
}

/**
 * Starts a recorder before `target`.
 * @throws never: a request that names no action answers 501, which fails the case that made it
 */
export async function startRecorder(target: string): Promise<Recorder> {
  const seen: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    try {
      seen.push(actionOf(incoming, body.toString("latin1")));
    } catch (error) {
      outgoing.writeHead(501).end(String(error));
      return;
    }
    pass(incoming, body, target, outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the recorder listens on no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    actions: () => seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
