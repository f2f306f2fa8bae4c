import { consideredNow, failure, fleetStatus, forecastList, leaseChange, recordList } from "@headroom/api/answers";
import type { LeaseRequestInput } from "@headroom/api/lease-request";
import { Refused } from "@headroom/api/refused";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import { decodeRecord, type StoredRecord } from "@headroom/decisions/record";
import type * as z from "zod";
import { Failed } from "./failed.ts";
import { type Endpoint, readEndpoint } from "./local/endpoint.ts";
import { codeOf } from "./local/files.ts";

const PATIENCE_MILLISECONDS = 10_000;

function notRunning(folder: string, cause?: unknown): Failed {
  return new Failed(`No headroom dev is running on ${folder}. Start one: npx headroom dev`, { cause });
}

/** What the API answered. Another answer is that of somebody else's server, which has the port since. */
function answerAs<Schema extends z.ZodType>(schema: Schema, body: unknown, folder: string): z.output<Schema> {
  try {
    return parse(schema, body, "The answer of the API");
  } catch (cause) {
    throw notRunning(folder, cause);
  }
}

/** The error that the API answered with. */
function refusal(status: number, body: unknown, folder: string): Error {
  if (status === 401) return notRunning(folder); // another `headroom dev` has the port since
  const { error, message } = answerAs(failure, body, folder);
  if (error === "NotFound") return new NotFound(message);
  if (error === "Refused") return new Refused(message);
  return error === "Invalid" ? new Invalid(message) : new Failed(message);
}

type Request = { method?: "GET" | "POST" | "DELETE"; path: string; body?: unknown };

async function send<Schema extends z.ZodType>(at: Endpoint, folder: string, request: Request, schema: Schema) {
  const { method = "GET", path, body: content } = request;
  const answer = await fetch(`${at.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${at.token}`, connection: "close", "content-type": "application/json" },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  }).catch((cause: unknown) => {
    throw notRunning(folder, cause);
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw refusal(answer.status, body, folder);
  return answerAs(schema, body, folder);
}

/** Whether there is such a process. One that is not ours may not be signalled, but it is there. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

export type TakenBack = Pick<Lease, "target" | "kind"> & { owner: string; reason?: string; dryRun: boolean };
export type RecordRange = { to: string; limit: number };

/**
 * The API of the `headroom dev` that runs on a state folder.
 * @throws Failed when none does
 */
export async function connect(folder: string) {
  const endpoint = await readEndpoint(folder);
  // The token goes to nobody but the process that wrote it down.
  if (endpoint === undefined || !isAlive(endpoint.pid)) throw notRunning(folder);
  const get = <Schema extends z.ZodType>(path: string, schema: Schema) => send(endpoint, folder, { path }, schema);
  const of = (target: string) => `/v1/targets/${encodeURIComponent(target)}`;
  return {
    status: () => get("/v1/status", fleetStatus),
    /** Newest first. @throws NotFound when there is no such target */
    async records(target: string, { to, limit }: RecordRange): Promise<StoredRecord[]> {
      const query = new URLSearchParams({ to, limit: String(limit) });
      const { records } = await get(`${of(target)}/records?${query}`, recordList);
      return records.map(decodeRecord);
    },
    /** @throws NotFound when there is no such target, or nothing is forecast for it */
    forecasts: (target: string) => get(`${of(target)}/forecasts`, forecastList),
    /** @throws NotFound when there is no such target */
    now: (target: string) => get(`${of(target)}/now`, consideredNow),
    /** @throws NotFound, Invalid, Refused */
    grant: (lease: LeaseRequestInput) =>
      send(endpoint, folder, { method: "POST", path: "/v1/leases", body: lease }, leaseChange),
    /** @throws NotFound when there is no such lease */
    takeBack({ target, kind, ...by }: TakenBack) {
      const query = new URLSearchParams({ ...by, dryRun: String(by.dryRun) });
      const path = `/v1/leases/${encodeURIComponent(target)}/${kind}?${query}`;
      return send(endpoint, folder, { method: "DELETE", path }, leaseChange);
    },
  };
}

export type Client = Awaited<ReturnType<typeof connect>>;
