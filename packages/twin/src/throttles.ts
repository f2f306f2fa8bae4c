import type { Resource } from "@headroom/decisions/config/resources";
import { Throttled } from "@headroom/decisions/errors";
import type { Clock } from "@headroom/loops/world";
import * as z from "zod";

/** Calls that are allowed at once, and a second in the long run. */
export type Rate = { burst: number; refill: number };

/**
 * AWS's token buckets. Assumptions where AWS publishes nothing, or research/performance.md only remembers: then the source
 * says so. Lambda counts all its control calls together, and each service of auto scaling likewise.
 */
export const likeAws = {
  /** Remembered (research/performance.md, limits). */
  "ecs reads": { burst: 100, refill: 20 },
  /** Remembered (research/performance.md, limits). */
  "ecs changes": { burst: 50, refill: 5 },
  /** Assumption: one bucket for the service, of a size that is not published (re:Post). */
  autoscaling: { burst: 60, refill: 10 },
  /** Assumption, as before. */
  "application-autoscaling": { burst: 60, refill: 10 },
  /** Remembered: 15 control calls a second (Lambda quotas). */
  lambda: { burst: 15, refill: 15 },
  /** 50 calls a second (research/performance.md, limits). */
  GetMetricData: { burst: 50, refill: 50 },
} as const satisfies Record<string, Rate>;
export type Bucket = keyof typeof likeAws;
export type Throttles = Partial<Record<Bucket, Rate>>;

/** Which bucket the calls of a kind come from, and how many resources one describe call asks for. */
type Api = { read: Bucket; perRead: number; change: Bucket; minimum: Bucket };

export const APIS: { [Kind in Resource["kind"]]: Api } = {
  // DescribeServices takes 10 services; the minimum is Application Auto Scaling's.
  "ecs-service": { read: "ecs reads", perRead: 10, change: "ecs changes", minimum: "application-autoscaling" },
  // DescribeAutoScalingGroups takes 100 names.
  "auto-scaling-group": { read: "autoscaling", perRead: 100, change: "autoscaling", minimum: "autoscaling" },
  "lambda-provisioned-concurrency": {
    read: "lambda",
    perRead: 1,
    change: "lambda",
    minimum: "application-autoscaling",
  },
  "event-source-concurrency": { read: "lambda", perRead: 1, change: "lambda", minimum: "lambda" },
  // DescribeScalableTargets takes 50 resources, but the capacity itself is asked of each resource's own service.
  "application-auto-scaling": {
    read: "application-autoscaling",
    perRead: 1,
    change: "application-autoscaling",
    minimum: "application-autoscaling",
  },
};

const throttlesState = z.record(z.string(), z.strictObject({ tokens: z.number(), at: z.number() }));

/** Token buckets: full at first, a call takes one token, and tokens come back with time. */
export function createThrottles(clock: Clock, own: Throttles = {}) {
  const rates: Record<Bucket, Rate> = { ...likeAws, ...own };
  let levels: z.infer<typeof throttlesState> = {};

  function tokensOf(bucket: Bucket, now: number): number {
    const { burst, refill } = rates[bucket];
    const level = levels[bucket];
    return level === undefined ? burst : Math.min(burst, level.tokens + Math.max(0, now - level.at) * refill);
  }

  /** Takes a token, if there is one. */
  function admits(bucket: Bucket): boolean {
    const now = clock.now();
    const tokens = tokensOf(bucket, now);
    const admitted = tokens >= 1;
    levels[bucket] = { tokens: admitted ? tokens - 1 : tokens, at: now };
    return admitted;
  }

  return {
    admits,
    /** @throws Throttled when there is no token left */
    take(bucket: Bucket): void {
      if (!admits(bucket)) throw new Throttled(`ThrottlingException: Rate exceeded (${bucket})`);
    },
    snapshot: () => structuredClone(levels),
    /** @throws ZodError when it is no snapshot of this */
    restore(snapshot: unknown): void {
      levels = throttlesState.parse(snapshot);
    },
  };
}

export type Admission = ReturnType<typeof createThrottles>;
