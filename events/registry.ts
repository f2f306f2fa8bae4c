import * as alarmStateChanged from "./alarm-state-changed.ts";
import * as attentionRaised from "./attention-raised.ts";
import * as capacityChanged from "./capacity-changed.ts";
import * as capacityRecommended from "./capacity-recommended.ts";
import * as forecastDemoted from "./forecast-demoted.ts";
import * as forecastDue from "./forecast-due.ts";
import * as forecastPromoted from "./forecast-promoted.ts";
import * as interlockClosed from "./interlock-closed.ts";
import * as interlockOpened from "./interlock-opened.ts";
import * as leaseEnded from "./lease-ended.ts";
import * as shardDue from "./shard-due.ts";
import * as tickDue from "./tick-due.ts";

/**
 * Every event that Headroom takes or sends. What a schema demands never changes: a change that breaks a reader is a new
 * version beside the old one.
 */
export const events = [
  { type: tickDue.type, direction: "in", schema: tickDue.tickDue, sample: tickDue.sample },
  {
    type: alarmStateChanged.type,
    direction: "in",
    schema: alarmStateChanged.alarmStateChanged,
    sample: alarmStateChanged.sample,
  },
  { type: shardDue.type, direction: "within", schema: shardDue.shardDue, sample: shardDue.sample },
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
  {
    type: attentionRaised.type,
    direction: "out",
    schema: attentionRaised.attentionRaised,
    sample: attentionRaised.sample,
  },
  {
    type: interlockOpened.type,
    direction: "out",
    schema: interlockOpened.interlockOpened,
    sample: interlockOpened.sample,
  },
  {
    type: interlockClosed.type,
    direction: "out",
    schema: interlockClosed.interlockClosed,
    sample: interlockClosed.sample,
  },
  { type: forecastDue.type, direction: "in", schema: forecastDue.forecastDue, sample: forecastDue.sample },
  {
    type: forecastDemoted.type,
    direction: "out",
    schema: forecastDemoted.forecastDemoted,
    sample: forecastDemoted.sample,
  },
  {
    type: forecastPromoted.type,
    direction: "out",
    schema: forecastPromoted.forecastPromoted,
    sample: forecastPromoted.sample,
  },
  { type: leaseEnded.type, direction: "out", schema: leaseEnded.leaseEnded, sample: leaseEnded.sample },
] as const;
