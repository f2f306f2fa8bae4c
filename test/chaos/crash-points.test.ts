import { isDeepStrictEqual } from "node:util";
import { type Fleet, fleet } from "@headroom/decisions/config/fleet";
import { decide } from "@headroom/decisions/decide";
import { tick } from "@headroom/loops/tick";
import { createTwin } from "@headroom/twin/world";
import { describe, expect, it } from "vitest";
import { MINUTE, NOON } from "../builders/decisions.ts";

// Every crash point of one tick that raises one target, lowers another and moves a third's minimum, by two APIs side by
// side: before and after the effect of each World call.

const service = (name: string) => ({
  resource: { kind: "ecs-service" as const, cluster: "shop", service: name },
  namespace: "AWS/ECS",
  dimensions: { ClusterName: "shop", ServiceName: name },
});

const group = (name: string) => ({
  resource: { kind: "auto-scaling-group" as const, group: name },
  namespace: "AWS/EC2",
  dimensions: { AutoScalingGroupName: name },
});

function target(
  { resource, namespace, dimensions }: ReturnType<typeof service> | ReturnType<typeof group>,
  changes: { mode?: "control" | "floor"; initial?: number },
) {
  const { mode = "control", initial = 6 } = changes;
  return {
    ...{ resource, mode, min: 2, max: 40, warmUp: "0s" as const, stabilisation: { in: "0s" as const } },
    policies: [
      {
        ...{ kind: "target-tracking" as const, of: "average" as const, target: 60 },
        signals: [
          {
            ...{ source: "cloudwatch" as const, namespace, metric: "CPUUtilization", dimensions },
            ...{ statistic: "Average" as const, maxAge: "10m" as const },
          },
        ],
      },
    ],
    simulation: {
      ...{ workload: "service" as const, perUnit: 40, startUp: "10s" as const, initial },
      traffic: { mean: 220, swing: 0, noise: 0 },
    },
  };
}

const config: Fleet = fleet.decode({
  name: "crash",
  targets: {
    up: target(service("up"), { initial: 6 }),
    down: target(group("down"), { initial: 20 }),
    floor: target(service("floor"), { mode: "floor" }),
  },
});

const at = (count: number) => NOON + count * MINUTE;

/** The account at the tick that has something to do: it saw its load before and could not act yet. */
async function atWork() {
  const twin = createTwin({ fleet: config, seed: 1, start: NOON });
  // Until there are metrics nothing is changed.
  for (const count of [0, 1, 2]) {
    await twin.clock.advanceTo(at(count) + 1);
    await twin.invoke(() => tick(twin.world, config, { at: at(count) }));
  }
  await twin.clock.advanceTo(at(FIRST) + 1);
  return twin;
}

type Account = Awaited<ReturnType<typeof atWork>>;
const FIRST = 3;

async function pass(twin: Account, count: number) {
  await twin.clock.advanceTo(Math.max(twin.clock.now(), at(count) + 1));
  return twin.invoke(() => tick(twin.world, config, { at: at(count) }));
}

async function settingsOf({ world }: Account) {
  const asked = Object.entries(config.targets).map(([id, { resource }]) => ({ id, resource }));
  const answers = await world.capacities.read(asked);
  return Object.fromEntries(
    [...answers].map(([id, answer]) => [id, answer.is === "failed" ? answer.why : [answer.desired, answer.minimum]]),
  );
}

async function recordsOf({ world }: Account) {
  const lists = Object.keys(config.targets).map((id) =>
    world.stores.records.list(id, { from: 0, to: at(9), limit: 99 }),
  );
  return (await Promise.all(lists)).flat();
}

describe("the tick that is to die", async () => {
  const whole = await atWork();
  const before = whole.faults.calls();
  await pass(whole, FIRST);
  const calls = whole.faults.calls() - before;
  const decided = (await recordsOf(whole)).filter(({ input }) => input.at === at(FIRST));

  it("raises, lowers and moves a minimum", () => {
    const scaled = decided.flatMap(({ decision }) => (decision.is === "scale" ? [decision] : []));
    expect(scaled).toHaveLength(3);
    expect(scaled.filter(({ sets }) => sets === "minimum")).toHaveLength(1);
    expect(scaled.filter(({ from, to }) => to < from)).toHaveLength(1);
    expect(calls).toBeGreaterThan(20);
  });

  const points = Array.from({ length: calls }, (_, index) => index + 1);
  it.each(points.flatMap((call) => [[call, "before"] as const, [call, "after"] as const]))(
    "in call %i, %s its effect, is made up for within two ticks",
    async (call, when) => {
      const twin = await atWork();
      void twin.faults.crashAt(call, when);
      expect(await pass(twin, FIRST)).toEqual({ is: "crashed" });
      for (const count of [1, 2]) expect(await pass(twin, FIRST + count)).toMatchObject({ is: "done" });

      const rows = await twin.world.stores.targets.load(Object.keys(config.targets));
      const records = await recordsOf(twin);
      const done = records.filter(({ outcome }) => outcome.is === "done");
      for (const id of Object.keys(config.targets)) {
        expect(rows.get(id)?.claim ?? null).toBeNull();
        const changes = done.filter(({ input }) => input.target === id);
        const actions = (rows.get(id)?.actions ?? []).map(({ from, to }) => [from, to]);
        expect(actions).toEqual(
          changes.flatMap(({ decision }) => (decision.is === "scale" ? [[decision.from, decision.to]] : [])).reverse(),
        );
        // What was done is one chain from what there was at first: nothing twice, nothing lost.
        const first = decided.find(({ input }) => input.target === id)?.decision;
        expect(actions[0]?.[0]).toBe(first?.is === "scale" ? first.from : undefined);
        for (const [index, [from]] of actions.entries()) if (index > 0) expect(from).toBe(actions[index - 1]?.[1]);
        const [desired, minimum] = Object(await settingsOf(twin))[id];
        expect(id === "floor" ? minimum : desired).toBe(actions.at(-1)?.[1]);
      }
      expect(records.filter(({ decision, outcome }) => decision.is === "scale" && outcome.is === "announced")).toEqual(
        [],
      );
      const told = new Set(
        twin.published().flatMap(({ type, metadata }) => (type === "headroom.capacity.changed" ? [metadata.id] : [])),
      );
      expect([...told].sort()).toEqual(done.map(({ input }) => `${input.target}@${input.at}`).sort());
      for (const { outcome, ...record } of records) expect(isDeepStrictEqual(decide(record.input), record)).toBe(true);
    },
  );
});
