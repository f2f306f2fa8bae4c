import type { Resource } from "@headroom/decisions/config/resources";
import type { Addressed } from "./world.ts";

/** A decision on its way to be carried out. Once claimed, no call for it starts after `until`. */
export type Intent = {
  target: Addressed;
  at: number;
  sets: "capacity" | "minimum";
  from: number;
  to: number;
  until: number;
  /** In floor mode: what the minimum falls back to by itself, and when. */
  fallback: { to: number; at: number };
  /** Since when it has been waiting for its turn; null when it has not. */
  waitingSince: number | null;
};

/** The AWS API that changes a kind, and how many of its calls one pass makes in one account and Region. */
type Bucket = { api: string; calls: number };

// AWS refills a token bucket for each API and publishes few sizes: ECS's service modifications are said to take bursts of
// 50 and 5 a second. Three calls a change (read, set, read) at a tenth of a second each fit a claim's 30 seconds anyhow.
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

/**
 * What is carried out in this pass, the most urgent first, and what waits for its turn because its API takes no more
 * calls. What waits is decided anew by the next tick: it keeps its place in the queue, never its number.
 */
export function paced(intents: readonly Intent[]): { now: Intent[]; later: Intent[] } {
  const used = new Map<string, number>();
  const now: Intent[] = [];
  const later: Intent[] = [];
  for (const intent of [...intents].sort(byUrgency)) {
    const { api, calls } = BUCKETS[intent.target.resource.kind];
    const before = used.get(api) ?? 0;
    used.set(api, before + 1);
    (before < calls ? now : later).push(intent);
  }
  return { now, later };
}
