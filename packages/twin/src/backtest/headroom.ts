import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import { remember } from "@headroom/decisions/memory";
import { type Memory, nothingRemembered, type SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type * as z from "zod";
import type { Autoscaler, Bounds, Contender, View } from "./autoscaler.ts";

type SettingsInput = z.input<typeof targetSettings>;
type Source = { every: number; period: number; age: number };

/** CloudWatch, as late as target tracking has it; or a source of one's own, read as it is. */
const CLOUDWATCH: Source = { every: 60, period: 60, age: 120 };
const DIRECT: Source = { every: 10, period: 10, age: 0 };

/** What the twin of a metric source answers: the newest period that is out. */
type Answers = (view: View) => Record<string, SignalAnswer>;

function settingsOf(bounds: Bounds, policy: SettingsInput["policies"][number]): TargetSettings {
  return targetSettings.decode({
    resource: { kind: "ecs-service", cluster: "backtest", service: "backtest" },
    mode: "control",
    min: bounds.min,
    max: bounds.max,
    warmUp: `${bounds.startDelay}s`,
    policies: [policy],
  });
}

/** The real `decide`, with the memory that the loop keeps for it. */
function deciding(settings: TargetSettings, source: Source, answers: Answers): Autoscaler {
  let memory: Memory = nothingRemembered;
  return {
    every: source.every,
    decide(view) {
      const { now, desired, ready, starting } = view;
      const capacity = { is: "capacity" as const, at: now, desired, ready, running: ready + starting };
      const input = { target: "backtest", at: now, now, tick: source.every, settings, capacity, leases: [] };
      const record = decide({ ...input, answers: answers(view), memory });
      const { decision } = record;
      memory = remember(record);
      if (decision.is === "hold") return desired;
      const action = { at: now, from: decision.from, to: decision.to, by: "headroom" as const };
      memory = { ...memory, actions: [...memory.actions, action] };
      return decision.to;
    },
  };
}

function newest(source: Source, view: View, of: (from: number, to: number) => number): SignalAnswer {
  const end = Math.floor((view.now - source.age) / source.period) * source.period;
  const at = end - source.period;
  return { is: "series", period: source.period, points: at < 0 ? [] : [{ at, value: of(at, end) }] };
}

function onLoad(policy: string, source: Source): Contender {
  return {
    policy,
    setting: "target utilisation",
    standard: 0.7,
    range: [0.1, 1.5],
    create(target, bounds) {
      const signal = {
        source: "cloudwatch" as const,
        ...{
          namespace: "Backtest",
          metric: "Load",
          statistic: "Average" as const,
          period: `${source.period}s` as const,
        },
      };
      const settings = settingsOf(bounds, { kind: "target-tracking", of: "total", target, signals: [signal] });
      const [key = ""] = settings.policies.flatMap((each) => signalsOf(each)).map(signalKey);
      return deciding(settings, source, (view) => ({ [key]: newest(source, view, view.load) }));
    },
  };
}

/** Headroom with a metric from CloudWatch. */
export const headroom = onLoad("headroom", CLOUDWATCH);

/** Headroom with load that the application pushes or that is read at its source, every ten seconds. */
export const headroomDirect = onLoad("headroom-direct", DIRECT);

function onQueue(policy: string, source: Source, perUnit: number): Contender {
  return {
    policy,
    setting: "target utilisation",
    standard: 0.7,
    range: [0.1, 1.5],
    create(target, bounds) {
      const settings = settingsOf(bounds, {
        kind: "queue",
        queue: "backtest",
        drainWithin: `${bounds.startDelay + 300}s`,
        secondsPerMessage: 1 / (perUnit * target),
      });
      const [attributes = "", sent = ""] = settings.policies.flatMap((each) => signalsOf(each)).map(signalKey);
      return deciding(settings, source, (view) => ({
        [attributes]: { is: "queue", at: view.now, delayed: 0, ...view.queue },
        [sent]: newest(CLOUDWATCH, view, (from, to) => view.load(from, to) * perUnit * CLOUDWATCH.period),
      }));
    },
  };
}

/** Headroom's queue policy: attributes read directly once a minute or every ten seconds, arrivals from CloudWatch. */
export const headroomQueue = (perUnit: number) => onQueue("headroom", CLOUDWATCH, perUnit);
export const headroomQueueDirect = (perUnit: number) => onQueue("headroom-direct", DIRECT, perUnit);
