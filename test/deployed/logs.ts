import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import type { Clients } from "./clients.ts";

const line = z.looseObject({ level: z.string(), message: z.string() });
export type Line = z.infer<typeof line>;

function parsed(text: string): Line[] {
  try {
    const found = line.safeParse(JSON.parse(text));
    return found.success ? [found.data] : [];
  } catch {
    return []; // the runtime's own lines are text
  }
}

/** What a function of ours has written to its log group, a line an invocation. */
export async function linesOf({ logs }: Clients, logGroup: string): Promise<Line[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: logGroup }));
  return events.flatMap(({ message = "" }) => message.split("\n").flatMap(parsed));
}
