import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { actionOf } from "../contract/documented/actions.ts";

/**
 * What is answered in place of an operation that an emulator lacks, so that what comes after it can be tried: "there is
 * none". Only where the emulator itself says that it has no such operation.
 */
export type StandIn = { action: string; says: RegExp; answer: { type: string; body: string } };

/** A proxy before an emulator that notes which IAM action each request needs. */
export type Recorder = {
  endpoint: string;
  /** Actions of all requests so far, oldest first. */
  actions(): readonly string[];
  /** Actions with a stand-in that the emulator has answered itself: their stand-ins are not needed any more. */
  answered(): string[];
  close(): Promise<void>;
};

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function pass({ method, headers, url = "/" }: IncomingMessage, body: Buffer, target: string): Promise<Answer> {
  const forwarded = request(new URL(url, target), { method, headers });
  const arrived: Promise<[IncomingMessage]> = once(forwarded, "response").then(([answer]) => [answer]);
  forwarded.end(body);
  const [answer] = await arrived;
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bytesOf(answer) };
}

function reply(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { "transfer-encoding": _, ...kept } = headers;
  outgoing.writeHead(status, { ...kept, "content-length": body.length }).end(body);
}

function refuse(outgoing: ServerResponse, error: unknown): void {
  reply(outgoing, { status: 501, headers: { "content-type": "text/plain" }, body: Buffer.from(String(error)) });
}

/** Starts a recorder before `target`. A request that names no action is answered 501, which fails the case that made it. */
export async function startRecorder(target: string, standIns: readonly StandIn[]): Promise<Recorder> {
  const seen: string[] = [];
  const answered = new Set<string>();

  function stoodIn(action: string, answer: Answer): Answer {
    const standIn = standIns.find((each) => each.action === action);
    if (standIn === undefined) return answer;
    if (answer.status < 400 || !standIn.says.test(answer.body.toString("utf8"))) {
      answered.add(action);
      return answer;
    }
    const { type, body } = standIn.answer;
    return { status: 200, headers: { "content-type": type }, body: Buffer.from(body) };
  }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const action = actionOf(incoming, body.toString("latin1"));
    seen.push(action);
    reply(outgoing, stoodIn(action, await pass(incoming, body, target)));
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => refuse(outgoing, error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the recorder listens on no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    actions: () => seen,
    answered: () => [...answered],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
