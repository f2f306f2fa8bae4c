import type { Resource } from "@headroom/decisions/config/resources";
import type { Intent } from "./intent.ts";

/** The AWS API that changes a kind, and how many of its calls a tick makes in one account and Region. */
type Bucket = { api: string; calls: number };

// AWS refills a token bucket for each API and publishes few sizes: ECS's service modifications are said to take bursts of
// 50 and 5 a second. A change is three calls (read, set, read) and five writes of ours, together about half a second: 50
// of them, one after the other, fit the time in which a pass begins changes.
const BUCKETS: { [Kind in Resource["kind"]]: Bucket } = {
  "ecs-service": { api: "ecs:UpdateService", calls: 50 },
  "auto-scaling-group": { api: "autoscaling:SetDesiredCapacity", calls: 50 },
  "lambda-provisioned-concurrency": { api: "lambda:PutProvisionedConcurrencyConfig", calls: 20 },
  "event-source-concurrency": { api: "lambda:UpdateEventSourceMapping", calls: 20 },
  "application-auto-scaling": { api: "application-autoscaling:RegisterScalableTarget", calls: 20 },
};

/** Relative shortage (or surplus), larger the more passes it has waited through. */
function urgency({ from, to, at, waitingSince }: Intent): number {
  const waited = waitingSince === null ? 0 : (at - waitingSince) / 60;
  return (Math.abs(to - from) / Math.max(1, from)) * (1 + waited);
}

/** The largest shortage first; lowering last. */
function byUrgency(a: Intent, b: Intent): number {
  const raises = (intent: Intent) => Number(intent.to > intent.from);
  return raises(b) - raises(a) || urgency(b) - urgency(a);
}

/** What is carried out in this pass, by API and the most urgent first, and what waits for its turn. */
export type Paced = { now: Intent[][]; later: Intent[] };

/**
 * The order in which intents are carried out, and which wait because their API takes no more calls. What waits is decided
 * anew by the next tick: it keeps its place in the queue, never its number.
 * @param parts shards of the same account and Region: all of them draw on the same buckets, each on its share
 */
export function paced(intents: readonly Intent[], parts: number): Paced {
  const lanes = new Map<string, Intent[]>();
  const later: Intent[] = [];
  for (const intent of [...intents].sort(byUrgency)) {
    const { api, calls } = BUCKETS[intent.target.resource.kind];
    const lane = lanes.get(api) ?? [];
    lanes.set(api, lane);
    (lane.length < Math.max(1, Math.floor(calls / parts)) ? lane : later).push(intent);
  }
  return { now: [...lanes.values()], later };
}
