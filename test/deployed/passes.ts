import type { Clients } from "./clients.ts";
import { linesOf } from "./logs.ts";

type Logged = { loggingConfig: { logGroup: string } };

/** How often a function has run to its end. */
export async function passesOf(clients: Clients, { loggingConfig: { logGroup } }: Logged): Promise<number> {
  const lines = await linesOf(clients, logGroup);
  return lines.filter(({ message }) => message === "done").length;
}
