import { duration } from "@headroom/decisions/config/duration";
import { Invalid } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import { instant, time } from "@headroom/decisions/say";
import * as z from "zod";

const count = z.int().nonnegative();
const DAY = 86_400;
const LONGEST_DAYS = 30;
/** Two ticks: a lease that no tick sees does nothing, and nobody is told that it ended. */
const SHORTEST_SECONDS = 120;
const text = (longest: number) => z.string().trim().min(1).max(longest);

const said = {
  /** Id of a target; `*` for all, which only a pause takes. */
  target: z.string().min(1),
  owner: text(100),
  reason: text(500),
  /** When it ends by itself: one of the two. */
  for: duration.optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** Only say what would be. */
  dryRun: z.boolean().default(false),
};

/** The body of POST /v1/leases. */
export const leaseRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pause"), direction: z.enum(["both", "in", "out"]).default("both"), ...said }),
  z.strictObject({ kind: z.literal("pin"), capacity: count, ...said }),
  z.strictObject({ kind: z.literal("limit"), min: count.optional(), max: z.int().positive().optional(), ...said }),
]);
export type LeaseRequest = z.infer<typeof leaseRequest>;
export type LeaseRequestInput = z.input<typeof leaseRequest>;

/** The query of DELETE /v1/leases/:target/:kind. */
export const takingBack = z.strictObject({
  owner: text(100),
  reason: text(500).optional(),
  dryRun: z.stringbool().default(false),
});
export type TakingBack = z.infer<typeof takingBack>;

function endOf({ for: seconds, until }: LeaseRequest, now: number): number {
  if ((seconds === undefined) === (until === undefined)) {
    throw new Invalid("A lease ends by itself: say how long (for) or when (until), one of the two");
  }
  const end = until === undefined ? now + (seconds ?? 0) : Date.parse(until) / 1000;
  if (end <= now) throw new Invalid(`A lease until ${instant(end)} would be over already: it is ${instant(now)}`);
  if (end < now + SHORTEST_SECONDS) {
    throw new Invalid(
      `A lease until ${instant(end)} is shorter than ${time(SHORTEST_SECONDS)}: it could be over before anything looks at it`,
    );
  }
  if (end <= now + LONGEST_DAYS * DAY) return end;
  throw new Invalid(
    `A lease until ${instant(end)} is longer than ${LONGEST_DAYS} days: what is to stay belongs into the configuration`,
  );
}

/** The lease that is asked for at `now`. @throws Invalid when its end is missing, past, too near or too far away */
export function leaseOf(request: LeaseRequest, now: number): Lease {
  const { target, owner, reason } = request;
  const granted = { target, owner, reason, until: endOf(request, now) };
  switch (request.kind) {
    case "pause":
      return { kind: "pause", direction: request.direction, ...granted };
    case "pin":
      return { kind: "pin", capacity: request.capacity, ...granted };
    case "limit": {
      const { min, max } = request;
      return {
        kind: "limit",
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...granted,
      };
    }
  }
}
