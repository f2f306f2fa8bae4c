import type { Lease } from "../model.ts";
import type { Limit, LimitContext } from "./limit.ts";

function first<Kind extends Lease["kind"]>(
  context: LimitContext,
  kind: Kind,
): Extract<Lease, { kind: Kind }> | undefined {
  return context.leases.find((lease): lease is Extract<Lease, { kind: Kind }> => lease.kind === kind);
}

/** Whether a pause forbids going from `desired` to `capacity`. */
function forbids(direction: "both" | "in" | "out", capacity: number, desired: number): boolean {
  return capacity < desired ? direction !== "out" : capacity > desired && direction !== "in";
}

/** Capacity goes where an operator pinned it. */
export const pin: Limit = (capacity, context) => {
  const lease = first(context, "pin");
  if (lease === undefined || lease.capacity === capacity) return undefined;
  const { owner, reason, until } = lease;
  return {
    capacity: lease.capacity,
    reason: { code: "pinned", data: { capacity: lease.capacity, owner, reason, until } },
  };
};

/** Nothing changes in a direction that an operator paused. */
export const pause: Limit = (capacity, context) => {
  const lease = context.leases.find(
    (each): each is Extract<Lease, { kind: "pause" }> =>
      each.kind === "pause" && forbids(each.direction, capacity, context.desired),
  );
  if (lease === undefined) return undefined;
  const { owner, reason, until, direction } = lease;
  return { capacity: context.desired, reason: { code: "paused", data: { capacity, direction, owner, reason, until } } };
};
