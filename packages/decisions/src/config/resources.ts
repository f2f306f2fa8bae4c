import * as z from "zod";

const name = z.string().min(1);

/** What a target is at AWS: one entry a kind, each with what identifies the resource. */
export const resource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ecs-service"), cluster: name, service: name }),
  z.strictObject({ kind: z.literal("auto-scaling-group"), group: name }),
  z.strictObject({ kind: z.literal("lambda-provisioned-concurrency"), function: name, alias: name }),
  z.strictObject({ kind: z.literal("event-source-concurrency"), function: name, mapping: name }),
]);
export type Resource = z.infer<typeof resource>;

const WITH_MINIMUM: { [Kind in Resource["kind"]]: boolean } = {
  "ecs-service": true,
  "auto-scaling-group": true,
  "lambda-provisioned-concurrency": true,
  "event-source-concurrency": false,
};

/** Whether resources of a kind have a lower bound of their own, below which native scaling does not go. */
export function hasMinimum(kind: Resource["kind"]): boolean {
  return WITH_MINIMUM[kind];
}
