import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { promisify } from "node:util";
import dynalite from "dynalite";
import { checkFolder } from "./folder.ts";

/** A DynamoDB on this machine. */
export type LocalDynamo = {
  /** URL for clients. */
  endpoint: string;
  /** Answers what is under way, writes everything down and ends. Close clients first. */
  close(): Promise<void>;
};

/** Without this, dynalite ends the process when a client hangs up in the middle of a request. */
function surviveHangUps(server: Server): void {
  server.on("request", (request: IncomingMessage) => {
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
  surviveHangUps(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { endpoint: `http://127.0.0.1:${portOf(server)}`, close: promisify(server.close.bind(server)) };
}
