import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import type { Failure } from "@headroom/api/answers";
import { createAdaptorServer } from "@hono/node-server";

export type LocalServer = { url: string; close(): Promise<void> };

type Answer = (request: Request) => Response | Promise<Response>;

const HOST = "127.0.0.1";

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function denied(status: 401 | 403, message: string): Response {
  return Response.json({ error: "Denied", message } satisfies Failure, { status });
}

/** Answers those who have the token. A foreign Host is that of a web page whose name was made to lead to this machine. */
function guarded(answer: Answer, token: string): Answer {
  return (request) => {
    const name = (request.headers.get("host") ?? "").replace(/:\d+$/, "");
    if (name !== HOST && name !== "localhost") return denied(403, `Only ${HOST} and localhost are answered here`);
    if (!same(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
      return denied(401, "Send the token of endpoint.json as a bearer token");
    }
    return answer(request);
  };
}

/** Serves the API to this machine alone, on a free port, to those who have the token. */
export async function serveLocally(answer: Answer, token: string): Promise<LocalServer> {
  const server = createAdaptorServer({ fetch: guarded(answer, token), hostname: HOST });
  server.listen(0, HOST);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the API listens on no port");
  return {
    url: `http://${HOST}:${address.port}`,
    async close() {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await once(server, "close");
    },
  };
}
