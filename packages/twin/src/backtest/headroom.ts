import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import type { SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import type * as z from "zod";
import type { Autoscaler, Bounds, Contender, View } from "./autoscaler.ts";
import { createMemory } from "./memory.ts";

// Headroom itself: the very `decide` that runs on Lambda, with the defaults of a target that says nothing of stabilisation,
// tolerance, rates or cool-downs, and with the start delay as its warm-up.

type SettingsInput = z.input<typeof targetSettings>;
type Policy = SettingsInput["policies"][number];

/** Seconds between decisions, of a datapoint, and from its end until it is out. */
type Source = { every: number; period: number; age: number };

/** CloudWatch, as late as target tracking has it; or a source of one's own, read every ten seconds and that old. */
const CLOUDWATCH: Source = { every: 60, period: 60, age: 120 };
const DIRECT: Source = { every: 10, period: 10, age: 10 };

/** What the twin of a metric source answers: the newest period that is out. */
type Answers = (view: View) => Record<string, SignalAnswer>;

function settingsOf(bounds: Bounds, policy: Policy): TargetSettings {
  return targetSettings.decode({
    resource: { kind: "ecs-service", cluster: "backtest", service: "backtest" },
    mode: "control",
    min: bounds.min,
    max: bounds.max,
    warmUp: `${bounds.startDelay}s`,
    policies: [policy],
  });
}

function keysOf(settings: TargetSettings): string[] {
  return settings.policies.flatMap((each) => signalsOf(each)).map(signalKey);
}

/** The real `decide`, with the memory that the loop keeps for it. */
function deciding(settings: TargetSettings, source: Source, answers: Answers): Autoscaler {
  const memory = createMemory(settings, source.every);
  const always = { target: "backtest", tick: source.every, settings, leases: [], facts: {}, outlooks: {}, named: [] };
  return {
    every: source.every,
    decide(view) {
      const { now, desired, ready, starting } = view;
      const capacity = { is: "capacity" as const, at: now, desired, ready, running: ready + starting };
      const record = decide({ ...always, at: now, now, capacity, answers: answers(view), memory: memory.now() });
      memory.after(record);
      return record.decision.is === "hold" ? desired : record.decision.to;
    },
  };
}

function newest(source: Source, view: View, of: (from: number, to: number) => number): SignalAnswer {
  const end = Math.floor((view.now - source.age) / source.period) * source.period;
  const at = end - source.period;
  return { is: "series", period: source.period, points: at < 0 ? [] : [{ at, value: of(at, end) }] };
}

const shared = { setting: "target utilisation", standard: 0.7, range: [0.1, 1.5] as const };

function ruleOf({ every, period, age }: Source, metric: string): string {
  const late = `${metric} of ${period} s, out ${age} s after their end`;
  return `its defaults: ${late}, looked at every ${every} s; nothing within 10 %, down to the most of 300 s`;
}

function onLoad(policy: string, source: Source): Contender {
  return {
    ...shared,
    policy,
    rule: ruleOf(source, "load"),
    create(target, bounds) {
      const metric = { source: "cloudwatch" as const, namespace: "Backtest", metric: "Load" };
      const signal = { ...metric, statistic: "Average" as const, period: `${source.period}s` as const };
      const settings = settingsOf(bounds, { kind: "target-tracking", of: "total", target, signals: [signal] });
      const [key = ""] = keysOf(settings);
      return deciding(settings, source, (view) => ({ [key]: newest(source, view, view.load) }));
    },
  };
}

/** Headroom with a metric from CloudWatch. */
export const headroom = onLoad("headroom", CLOUDWATCH);

/** Headroom with load that the application pushes or that is read at its source, every ten seconds. */
export const headroomDirect = onLoad("headroom-direct", DIRECT);

/** How long a backlog may last once there are units to work it off. */
const DRAIN_SECONDS = 300;

function onQueue(policy: string, source: Source, perUnit: number): Contender {
  return {
    ...shared,
    policy,
    rule: `its defaults: the queue looked at every ${source.every} s, arrivals 120 s late; a backlog gone in ${DRAIN_SECONDS} s once units start`,
    create(target, bounds) {
      const settings = settingsOf(bounds, {
        kind: "queue",
        queue: "backtest",
        drainWithin: `${bounds.startDelay + DRAIN_SECONDS}s`,
        secondsPerMessage: 1 / (perUnit * target),
      });
      const [attributes = "", sent = ""] = keysOf(settings);
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
