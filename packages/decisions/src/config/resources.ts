import * as z from "zod";

const name = z.string().min(1);

/** What a target is at AWS: one entry a kind, each with what identifies the resource. */
export const resource = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("ecs-service"), cluster: name, service: name },
    /** Its tasks protect themselves while they are busy: count those, at the price of two more calls a tick. */
    taskProtection: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal("auto-scaling-group"), group: name }),
  z.strictObject({ kind: z.literal("lambda-provisioned-concurrency"), function: name, alias: name }),
  z.strictObject({ kind: z.literal("event-source-concurrency"), function: name, mapping: name }),
  /** Anything that Application Auto Scaling can register, by the names that it has there. */
  z.strictObject({ kind: z.literal("application-auto-scaling"), namespace: name, resourceId: name, dimension: name }),
]);
export type Resource = z.infer<typeof resource>;

/** The resources of one kind. */
export type ResourceOf<Kind extends Resource["kind"]> = Extract<Resource, { kind: Kind }>;

const WITH_MINIMUM: { [Kind in Resource["kind"]]: boolean } = {
  "ecs-service": true,
  "auto-scaling-group": true,
  "lambda-provisioned-concurrency": true,
  "event-source-concurrency": false,
  "application-auto-scaling": true,
};

const LEAST: { [Kind in Resource["kind"]]?: number } = {
  // MaximumConcurrency of an SQS event source: https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html
  "event-source-concurrency": 2,
};

/** The least units that AWS lets resources of a kind have, where it is more than none. */
export function leastUnits(kind: Resource["kind"]): number | undefined {
  return LEAST[kind];
}

/** Whether resources of a kind have a lower bound of their own, below which native scaling does not go. */
export function hasMinimum(kind: Resource["kind"]): boolean {
  return WITH_MINIMUM[kind];
}
