import type { Place } from "@headroom/decisions/config/place";
import type { Where } from "../arn.ts";
import type { Connect } from "../clients.ts";
import type { Grant } from "../grants.ts";

/** What a service says of the units of a resource that Application Auto Scaling scales. */
export type Units = { desired: number; running: number; ready: number };

/** What can be registered, as the configuration names it. */
export type Registered = { resourceId: string; dimension: string };

/** How the units of one registered resource are read. @throws by the SDK's errors, and NotFound, Invalid of ours */
export type Read = (registered: Registered, place: Place) => Promise<Units>;

/**
 * How the capacity behind some dimensions is read from its own service, since Application Auto Scaling keeps only bounds:
 * a file beside this one that exports these. What calls the service is in `readers/`, loaded when it is needed.
 */
export type Reader = {
  dimensions: readonly string[];
  documentation: string;
  /** What reading takes. */
  grants(registered: Registered, where: Where): Grant[];
  /** What Application Auto Scaling finds out of whoever registers bounds for it. */
  validated(registered: Registered, where: Where): Grant[];
  load(): Promise<{ reader(connect: Connect): Read }>;
};

/** The name in a resource id such as `cluster:orders` or `table/orders/index/by-day`. */
export function nameIn(resourceId: string): string {
  return resourceId.split(/[/:]/)[1] ?? resourceId;
}
