import type { Resource } from "@headroom/decisions/config/resources";

/** What people call the resource; no other has the same name. */
export function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case "ecs-service":
      return `ECS service ${resource.cluster}/${resource.service}`;
    case "auto-scaling-group":
      return `Auto Scaling group ${resource.group}`;
    case "event-source-concurrency":
      return `event source ${resource.mapping} of ${resource.function}`;
    case "application-auto-scaling":
      return `${resource.dimension} of ${resource.resourceId}`;
    case "lambda-provisioned-concurrency":
      return `provisioned concurrency of ${resource.function}:${resource.alias}`;
  }
}
