import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { scalableTargetGrants } from "../native/scalable-target-grants.ts";

type EcsService = ResourceOf<"ecs-service">;

export const documentation = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html";

/** @see TargetKind */
export function grants(resource: EcsService, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const { cluster, service, taskProtection } = resource;
  const own = [arn("ecs", `service/${cluster}/${service}`, where)];
  const protection: Grant[] = [
    {
      actions: ["ecs:ListTasks"],
      ...{ resources: ["*"], why: "ECS lists the tasks of a service on no resource, but in a cluster" },
      conditions: { ArnEquals: { "ecs:cluster": arn("ecs", `cluster/${cluster}`, where) } },
    },
    { actions: ["ecs:GetTaskProtection"], resources: [arn("ecs", `task/${cluster}/*`, where)] },
  ];
  const health: Grant = {
    actions: ["elasticloadbalancing:DescribeTargetHealth"],
    ...{ resources: ["*"], why: "Elastic Load Balancing has no resource level for reading health" },
  };
  return [
    { actions: ["ecs:DescribeServices"], resources: own },
    health,
    ...(taskProtection ? protection : []),
    ...scalableTargetGrants(where, mode),
    ...(mode === "observe" ? [] : [{ actions: ["ecs:UpdateService"], resources: own }]),
  ];
}

/** @see TargetKind */
export const load = () => import("../adapters/ecs-service.ts");
