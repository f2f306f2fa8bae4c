import type { Kind } from "../../contract/world/account.ts";
import { applicationAutoScaling } from "./application-auto-scaling.ts";
import { autoScalingGroup } from "./auto-scaling-group.ts";
import { ecsService } from "./ecs-service.ts";
import { eventSourceConcurrency } from "./event-source-concurrency.ts";
import { lambdaProvisionedConcurrency } from "./lambda-provisioned-concurrency.ts";
import type { Seed } from "./seed.ts";

/** How each kind of target comes to be in an emulator. */
export const seeds: { [K in Kind]: Seed } = {
  "ecs-service": ecsService,
  "auto-scaling-group": autoScalingGroup,
  "lambda-provisioned-concurrency": lambdaProvisionedConcurrency,
  "event-source-concurrency": eventSourceConcurrency,
  "application-auto-scaling": applicationAutoScaling,
};
