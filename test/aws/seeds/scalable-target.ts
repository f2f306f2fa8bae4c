import {
  DescribeScheduledActionsCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from "@aws-sdk/client-application-auto-scaling";
import type { SeedClients } from "./clients.ts";
import type { Fallback } from "./seed.ts";

/** What names a scalable target. */
export type Scalable = Pick<
  RegisterScalableTargetCommandInput,
  "ServiceNamespace" | "ResourceId" | "ScalableDimension"
>;

/** Registers it with these bounds. An emulator without Application Auto Scaling leaves resources without bounds. */
export async function register({ scaling }: SeedClients, scalable: Scalable, min: number, max: number): Promise<void> {
  try {
    await scaling.send(new RegisterScalableTargetCommand({ ...scalable, MinCapacity: min, MaxCapacity: max }));
  } catch (error) {
    if (!(error instanceof Error && isAbsent(error))) throw error;
  }
}

/** MiniStack answers 405 to a service that it does not have. */
function isAbsent(error: Error): boolean {
  if (!("$response" in error) && !("$metadata" in error)) return false;
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  return (
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata && metadata.httpStatusCode === 405
  );
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
