import type { MetricSignal } from "./config/signals.ts";
import type { PolicySettings } from "./policies/registry.ts";

/** Whose an alarm is: several stages of one fleet may be in one account and Region. A stage has no slash in its name. */
export type Owner = { stage: string; fleet: string };

/** The name of the alarm that wakes a target. */
export function alarmName({ stage, fleet }: Owner, target: string): string {
  return `headroom/${stage}/${fleet}/${target}`;
}

/**
 * The target that an alarm of ours wakes, or undefined when it is not one of this fleet's. Of which stage it is does not
 * matter here: only those of its own are sent to a deployment.
 */
export function targetOfAlarm(fleet: string, name: string): string | undefined {
  const [, stage = ""] = name.split("/");
  const prefix = alarmName({ stage, fleet }, "");
  const target = stage !== "" && name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return target === "" || target.includes("/") ? undefined : target;
}

/** What an alarm watches, and above which value it is on, in the unit of the signal. */
export type Alarm = { signal: MetricSignal; threshold: number };

type Policy<Kind extends PolicySettings["kind"]> = Extract<PolicySettings, { kind: Kind }>;

/** CloudWatch has no alarms on shorter periods (PutMetricAlarm: 10, 20, 30 s, or whole minutes). */
const SHORTEST_PERIOD_SECONDS = 10;

/** What only grows until it is reset is above any threshold most of the time. */
function canBeWatched({ counter, period }: MetricSignal): boolean {
  return !counter && period >= SHORTEST_PERIOD_SECONDS;
}

function raises(change: Policy<"step">["steps"][number]["change"], min: number): boolean {
  if ("units" in change) return change.units > 0;
  return "percent" in change ? change.percent > 0 : change.exactly > min;
}

/** Where the lowest step that raises begins; one that reaches down without end cannot be told by being above something. */
function lowestRaise({ steps }: Policy<"step">, min: number): number | undefined {
  const begins = steps.flatMap(({ from, change }) => (from !== undefined && raises(change, min) ? [from] : []));
  return begins.length === 0 ? undefined : Math.min(...begins);
}

function alarmFor(policy: PolicySettings, min: number): Alarm | undefined {
  if (policy.kind !== "target-tracking" && policy.kind !== "step") return undefined;
  const signal = policy.signals.find(canBeWatched);
  const threshold =
    policy.kind === "step"
      ? lowestRaise(policy, min)
      : policy.target * (policy.of === "average" ? 1 : Math.max(1, min));
  return signal === undefined || threshold === undefined ? undefined : { signal, threshold };
}

/**
 * The alarm that can wake a target early: of its first policy that can have one, on the first of its signals that can be
 * watched. A metric of totals has no fixed target, so there it is what the minimum can carry. Undefined when no policy
 * can have one: a queue is looked at directly, a schedule at no metric, and an objective at two windows at once.
 */
export function alarmOf({ min, policies }: { min: number; policies: readonly PolicySettings[] }): Alarm | undefined {
  for (const policy of policies) {
    const alarm = alarmFor(policy, min);
    if (alarm !== undefined) return alarm;
  }
  return undefined;
}
