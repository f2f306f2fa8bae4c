import { bounds } from "./bounds.ts";
import type { Check } from "./check.ts";
import { clockSkew } from "./clock-skew.ts";
import { credentials } from "./credentials.ts";
import { deployments } from "./deployments.ts";
import { endpoints } from "./endpoints.ts";
import { eventSources } from "./event-sources.ts";
import { metrics } from "./metrics.ts";
import { permissions } from "./permissions.ts";
import { rivals } from "./rivals.ts";
import { targets } from "./targets.ts";

/** Every check that asks AWS, in the order in which people read them. A new one is a file beside this one, and its line. */
export const asking: readonly Check[] = [
  credentials,
  permissions,
  targets,
  bounds,
  rivals,
  deployments,
  eventSources,
  metrics,
];

/** Those that only judge what went over the wire while the others asked. */
export const listening: readonly Check[] = [endpoints, clockSkew];
