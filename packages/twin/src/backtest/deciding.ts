import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import type { Outlook, SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type * as z from "zod";
import type { Autoscaler, Bounds, View } from "./autoscaler.ts";
import { createMemory } from "./memory.ts";

type SettingsInput = z.input<typeof targetSettings>;
type Policy = SettingsInput["policies"][number];

/** Seconds between decisions, of a datapoint, and from its end until it is out. */
export type Source = { every: number; period: number; age: number };

/** CloudWatch, as late as target tracking has it; or a source of one's own, read every ten seconds and that old. */
export const CLOUDWATCH: Source = { every: 60, period: 60, age: 120 };
export const DIRECT: Source = { every: 10, period: 10, age: 10 };

/** What the twin of a metric source answers: the newest period that is out. */
export type Answers = (view: View) => Record<string, SignalAnswer>;
/** By policy, what its forecast says at an instant. */
export type Outlooks = (now: number) => Record<string, Outlook>;

/** A target of one's own that says nothing of stabilisation, rates or cool-downs, with the start delay as its warm-up. */
export function settingsOf(bounds: Bounds, policies: readonly Policy[]): TargetSettings {
  return targetSettings.decode({
    resource: { kind: "ecs-service", cluster: "backtest", service: "backtest" },
    mode: "control",
    min: bounds.min,
    max: bounds.max,
    warmUp: `${bounds.startDelay}s`,
    policies: [...policies],
  });
}

export function keysOf(settings: TargetSettings): string[] {
  return settings.policies.flatMap((each) => signalsOf(each)).map(signalKey);
}

/** The very `decide` that runs on Lambda, with the memory that the loop keeps for it. */
export function deciding(
  settings: TargetSettings,
  source: Source,
  answers: Answers,
  outlooks: Outlooks = () => ({}),
): Autoscaler {
  const memory = createMemory(settings, source.every);
  const always = { target: "backtest", tick: source.every, settings, leases: [], facts: {}, named: [] };
  return {
    every: source.every,
    decide(view) {
      const { now, desired, ready, starting } = view;
      const capacity = { is: "capacity" as const, at: now, desired, ready, running: ready + starting };
      const seen = { at: now, now, capacity, answers: answers(view), outlooks: outlooks(now), memory: memory.now() };
      const record = decide({ ...always, ...seen });
      memory.after(record);
      return record.decision.is === "hold" ? desired : record.decision.to;
    },
  };
}

/** The newest datapoint that is out. */
export function newest(source: Source, view: View, of: (from: number, to: number) => number): SignalAnswer {
  const end = Math.floor((view.now - source.age) / source.period) * source.period;
  const at = end - source.period;
  return { is: "series", period: source.period, points: at < 0 ? [] : [{ at, value: of(at, end) }] };
}

/** What all rows of Headroom have in common. */
export const shared = { setting: "target utilisation", standard: 0.7, range: [0.1, 1.5] as const };
