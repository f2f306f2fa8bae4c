import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { actionOf } from "./actions.ts";

/** What AWS answers to one call. */
export type Answer = { status: number; type: string; body: string };

/** Of AWS's JSON protocols. */
export function json(body: unknown): Answer {
  return { status: 200, type: "application/x-amz-json-1.1", body: JSON.stringify(body) };
}

/** An error of AWS's JSON protocols. */
export function jsonError(name: string, message: string, status = 400): Answer {
  return { ...json({ __type: name, message }), status };
}

/** Of AWS's Query protocol: what is within the result of an operation. */
export function xml(operation: string, result: string): Answer {
  const body = `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  return { status: 200, type: "text/xml", body };
}

/** An error of AWS's Query protocol. */
export function xmlError(code: string, message: string, status = 400): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, type: "text/xml", body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}

/** By action: what is answered to its first call, its second, ...; the last one from then on. It may depend on the request. */
export type Script = Readonly<Record<string, readonly (Answer | ((request: string) => Answer))[]>>;

export type Documented = {
  endpoint: string;
  /** Actions of all requests, oldest first. */
  actions(): string[];
  /** Bodies of the requests for one action, oldest first. */
  asked(action: string): string[];
  close(): Promise<void>;
};

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** A server that answers as AWS's documentation says. What is not in the script is answered 501. */
export async function startDocumented(script: Script): Promise<Documented> {
  const requests: { action: string; body: string }[] = [];
  const asked = (action: string) => requests.filter((each) => each.action === action).map(({ body }) => body);

  function answerTo(action: string, request: string): Answer {
    const answers = script[action] ?? [];
    const answer = answers[asked(action).length - 1] ?? answers.at(-1);
    if (answer === undefined) return { status: 501, type: "text/plain", body: `${action} is not in the script` };
    return typeof answer === "function" ? answer(request) : answer;
  }

  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    const action = actionOf(incoming, body);
    requests.push({ action, body });
    const answer = answerTo(action, body);
    outgoing.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    actions: () => requests.map(({ action }) => action),
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
