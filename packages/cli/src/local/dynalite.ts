import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { promisify } from "node:util";
import dynalite from "dynalite";
import { checkFolder } from "./folder.ts";
import { isLoopback, LOOPBACK } from "./loopback.ts";

/** A DynamoDB on this machine. */
export type LocalDynamo = {
  /** URL for clients. */
  endpoint: string;
  /** Answers what is under way, writes everything down and ends. Close clients first. */
  close(): Promise<void>;
};

/** A web page sends its Origin, or reaches this machine by a name of its own. */
function isFromWebPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || !isLoopback(headers.host);
}

/**
 * Puts before dynalite what it lacks: it answers any web page, and it ends the process when a client hangs up in the
 * middle of a request.
 */
function guard(server: Server): void {
  const answerers = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (isFromWebPage(request)) {
      response.writeHead(403, { connection: "close" }).end();
      return;
    }
    for (const answer of answerers) answer.call(server, request, response);
    request.removeAllListeners("error");
    request.on("error", () => undefined);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("dynalite listens on no port");
  return address.port;
}

/**
 * Starts DynamoDB inside this process, for nobody but this machine, on a free port.
 * @param options.folder where its data stay; made when it is missing. Without one they end with the process.
 * @throws Invalid when the folder is in use, damaged, or holds something else; it is left as it is
 */
export async function startDynalite({ folder }: { folder?: string } = {}): Promise<LocalDynamo> {
  if (folder !== undefined) await checkFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(folder === undefined ? {} : { path: folder }) });
  guard(server);
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  return { endpoint: `http://${LOOPBACK}:${portOf(server)}`, close: promisify(server.close.bind(server)) };
}
