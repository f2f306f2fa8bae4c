import { type TargetSettings, targetSettings } from "@headroom/decisions/config/settings";
import { signalKey } from "@headroom/decisions/config/signals";
import { decide } from "@headroom/decisions/decide";
import { remember } from "@headroom/decisions/memory";
import { nothingRemembered } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import { expect, it } from "vitest";
import { createMemory } from "./memory.ts";

const settings: TargetSettings = targetSettings.decode({
  resource: { kind: "ecs-service", cluster: "a", service: "b" },
  ...{ mode: "control", min: 1, max: 50, warmUp: "2m" },
  policies: [
    {
      ...{ kind: "target-tracking", of: "total", target: 1 },
      signals: [{ source: "cloudwatch", namespace: "A", metric: "B", statistic: "Sum" }],
    },
  ],
});
const [key = ""] = settings.policies.flatMap((policy) => signalsOf(policy)).map(signalKey);

it("keeps what the loop's `remember` keeps", () => {
  const memory = createMemory(settings, 60);
  let expected = nothingRemembered;
  let desired = 5;
  for (let minute = 1; minute < 200; minute += 1) {
    const at = minute * 60;
    const value = Math.round(10 + 8 * Math.sin(minute / 7));
    const input = {
      ...{ target: "web", at, now: at, tick: 60, settings, leases: [], facts: {}, outlooks: {}, named: [] },
      capacity: { is: "capacity" as const, at, desired, running: desired, ready: desired },
      answers: { [key]: { is: "series" as const, period: 60, points: [{ at: at - 60, value }] } },
    };
    const record = decide({ ...input, memory: memory.now() });
    expect(record.decision).toEqual(decide({ ...input, memory: expected }).decision);
    memory.after(record);
    const next = remember({ ...record, input: { ...record.input, memory: expected } });
    const { decision } = record;
    const actions =
      decision.is === "scale" ? [{ at, from: decision.from, to: decision.to, by: "headroom" as const }] : [];
    expected = { ...next, actions: [...next.actions, ...actions] };
    expect(memory.now()).toEqual(expected);
    if (decision.is === "scale") desired = decision.to;
  }
  expect(desired).toBeGreaterThan(1);
});
