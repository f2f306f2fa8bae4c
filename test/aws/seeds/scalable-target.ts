import {
  DescribeScheduledActionsCommand,
  type MetricType,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from "@aws-sdk/client-application-auto-scaling";
import type { GivenTarget } from "../../contract/world/account.ts";
import type { SeedClients } from "./clients.ts";
import type { Fallback } from "./seed.ts";

/** What names a scalable target. */
export type Scalable = Pick<
  RegisterScalableTargetCommandInput,
  "ServiceNamespace" | "ResourceId" | "ScalableDimension"
>;

async function track(
  { scaling }: SeedClients,
  scalable: Scalable,
  metric: MetricType,
  scaleIn: boolean,
): Promise<void> {
  await scaling.send(
    new PutScalingPolicyCommand({
      ...scalable,
      PolicyName: "native",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: metric },
        TargetValue: 50,
        DisableScaleIn: !scaleIn,
      },
    }),
  );
}

/**
 * Registers it with its bounds, and what scales it. An emulator without Application Auto Scaling leaves it without any.
 * @param metric what target tracking follows
 */
export async function register(
  clients: SeedClients,
  scalable: Scalable,
  { min, max, native }: GivenTarget,
  metric: MetricType,
): Promise<void> {
  if (!clients.hasScalableTargets) return;
  const bounds = { MinCapacity: min, MaxCapacity: max };
  await clients.scaling.send(new RegisterScalableTargetCommand({ ...scalable, ...bounds }));
  if (native !== undefined) await track(clients, scalable, metric, native.scaleIn);
}

/** `at(2026-01-01T00:00:00)`, in UTC, as seconds since the epoch. */
function instantOf(schedule: string | undefined, timezone: string | undefined): number {
  const instant = /^at\((.+)\)$/.exec(schedule ?? "")?.[1];
  if (instant === undefined || (timezone ?? "UTC") !== "UTC")
    throw new Error(`not an instant: ${schedule} ${timezone}`);
  return Date.parse(`${instant}Z`) / 1000;
}

/** The changes of its minimum that are scheduled. */
export async function scheduled({ scaling }: SeedClients, scalable: Scalable): Promise<Fallback[]> {
  const { ScheduledActions = [] } = await scaling.send(new DescribeScheduledActionsCommand(scalable));
  return ScheduledActions.map(({ Schedule, Timezone, ScalableTargetAction }) => ({
    to: ScalableTargetAction?.MinCapacity ?? Number.NaN,
    at: instantOf(Schedule, Timezone),
  }));
}
