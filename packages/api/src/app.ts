import type { Fleet } from "@headroom/decisions/config/fleet";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import { parse } from "@headroom/decisions/parse";
import { encodeRecord } from "@headroom/decisions/record";
import { RECORDS_KEPT_SECONDS, type World } from "@headroom/loops/world";
import { Hono } from "hono";
import * as z from "zod";
import { leaseKind, type RecordList } from "./answers.ts";
import { consider } from "./consider.ts";
import { failureOf } from "./failures.ts";
import { iso } from "./instants.ts";
import { grant, type OnMutation, takeBack } from "./lease-changes.ts";
import { leaseRequest, takingBack } from "./lease-request.ts";
import { statusOfFleet, statusOfTargets } from "./status.ts";
import { targetOf } from "./targets.ts";

const MOST_RECORDS = 1000;

/** Which records are wanted: those of ticks from `from` to `to`, both included. */
const range = z.strictObject({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MOST_RECORDS)).default(100),
});

function seconds(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Date.parse(text) / 1000;
}

export type ApiOptions = {
  world: World;
  fleet: Fleet;
  /** Told of every error that is not one of ours. */
  onDefect: (error: unknown) => void;
  onMutation: OnMutation;
};

async function bodyOf(request: { json(): Promise<unknown> }): Promise<unknown> {
  return request.json().catch((cause: unknown) => {
    throw new Invalid("The body is not JSON", { cause });
  });
}

/** The HTTP API, without authentication: whoever serves it adds that. */
export function createApi({ world, fleet, onDefect, onMutation }: ApiOptions): Hono {
  const app = new Hono();

  app.get("/v1/status", async (context) => context.json(await statusOfFleet(world, fleet)));

  app.get("/v1/targets/:id", async (context) => {
    const [status] = await statusOfTargets(world, fleet, [context.req.param("id")]);
    return context.json(status);
  });

  app.get("/v1/targets/:id/records", async (context) => {
    const id = context.req.param("id");
    targetOf(fleet, id);
    const { from, to, limit } = parse(range, context.req.query(), "The query");
    const oldest = world.clock.now() - RECORDS_KEPT_SECONDS;
    const wanted = { from: Math.max(oldest, seconds(from, 0)), to: seconds(to, Number.MAX_SAFE_INTEGER), limit };
    const found = await world.stores.records.list(id, wanted);
    return context.json({ records: found.map(encodeRecord) } satisfies Record<keyof RecordList, unknown>);
  });

  app.get("/v1/targets/:id/now", async (context) => {
    const considered = await consider(world, fleet, context.req.param("id"));
    if (considered.is === "busy") return context.json({ is: "busy", until: iso(considered.until) });
    return context.json({ is: "considered", record: encodeRecord(considered.record) });
  });

  app.post("/v1/leases", async (context) => {
    const request = parse(leaseRequest, await bodyOf(context.req), "The lease");
    const change = await grant({ world, fleet, onMutation }, request);
    return context.json(change, request.dryRun ? 200 : 201);
  });

  app.delete("/v1/leases/:target/:kind", async (context) => {
    const { target } = context.req.param();
    const kind = parse(leaseKind, context.req.param("kind"), "The kind");
    const by = parse(takingBack, context.req.query(), "The query");
    return context.json(await takeBack({ world, fleet, onMutation }, { target, kind }, by));
  });

  app.notFound((context) => {
    const { status, body } = failureOf(new NotFound(`There is no ${context.req.method} ${context.req.path}`));
    return context.json(body, status);
  });

  app.onError((error, context) => {
    const { status, body } = failureOf(error);
    if (status === 500) onDefect(error);
    return context.json(body, status);
  });

  return app;
}
