import * as capacityChanged from "./capacity-changed.ts";
import * as capacityRecommended from "./capacity-recommended.ts";
import * as tickDue from "./tick-due.ts";

/**
 * Every event that Headroom takes or sends. What a schema demands never changes: a change that breaks a reader is a new
 * version beside the old one.
 */
export const events = [
  { type: tickDue.type, direction: "in", schema: tickDue.tickDue, sample: tickDue.sample },
  {
    type: capacityChanged.type,
    direction: "out",
    schema: capacityChanged.capacityChanged,
    sample: capacityChanged.sample,
  },
  {
    type: capacityRecommended.type,
    direction: "out",
    schema: capacityRecommended.capacityRecommended,
    sample: capacityRecommended.sample,
  },
] as const;
