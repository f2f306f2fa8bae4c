import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import type { Failure } from "@headroom/api/answers";
import { createAdaptorServer } from "@hono/node-server";
import { isLoopback, LOOPBACK } from "./loopback.ts";

export type LocalServer = { url: string; close(): Promise<void> };

type Answer = (request: Request) => Response | Promise<Response>;

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function denied(status: 401 | 403, message: string): Response {
  return Response.json({ error: "Denied", message } satisfies Failure, { status });
}

/** Answers those who have the token. */
function guarded(answer: Answer, token: string): Answer {
  return (request) => {
    if (!isLoopback(request.headers.get("host")))
      return denied(403, `Only ${LOOPBACK} and localhost are answered here`);
    if (!same(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
      return denied(401, "Send the token of endpoint.json as a bearer token");
    }
    return answer(request);
  };
}

/** Serves the API to this machine alone, on a free port, to those who have the token. */
export async function serveLocally(answer: Answer, token: string): Promise<LocalServer> {
  const server = createAdaptorServer({ fetch: guarded(answer, token), hostname: LOOPBACK });
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the API listens on no port");
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    async close() {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await once(server, "close");
    },
  };
}
