import { fleet as fleetSchema } from "@headroom/decisions/config/fleet";
import { cloudwatchSignal } from "@headroom/decisions/config/signals";
import { Denied, NotFound, Throttled } from "@headroom/decisions/errors";
import type { OutgoingEvent } from "@headroom/loops/world";
import { expect, test } from "vitest";
import type { SqsEvent } from "./work-queue.ts";
import { createTwin, type Twin } from "./world.ts";

const HOUR = 3600;
/** Monday 2026-01-05T12:00:00Z. */
const START = 1_767_614_400;
const web = { kind: "ecs-service", cluster: "main", service: "web" } as const;
const target = { id: "web", resource: web };
const dimensions = { ClusterName: "main", ServiceName: "web" };
const written = {
  source: "cloudwatch",
  namespace: "AWS/ECS",
  metric: "CPUUtilization",
  dimensions,
  statistic: "Average",
};
const cpu = cloudwatchSignal.parse(written);
const queue = { source: "queue", queue: "orders", maxAge: 60 } as const;

function changed(at: number, data: Record<string, unknown>): OutgoingEvent {
  return {
    type: "changed",
    metadata: { version: 1, id: `web@${at}`, at: new Date(at * 1000).toISOString(), fleet: "shop" },
    data,
  };
}

const fleet = fleetSchema.parse({
  name: "shop",
  targets: {
    web: {
      resource: web,
      mode: "control",
      min: 2,
      max: 20,
      policies: [{ kind: "target-tracking", of: "average", target: 50, signals: [written] }],
    },
    workers: {
      resource: { kind: "auto-scaling-group", group: "workers" },
      min: 0,
      max: 10,
      policies: [{ kind: "queue", queue: "orders", drainWithin: "5m", secondsPerMessage: 1 }],
    },
  },
});

const create = (seed = 1) => createTwin({ fleet, seed, start: START });

/** A crude control plane: it looks at the CPU, and adds or takes a unit. */
async function control({ world }: Twin): Promise<void> {
  const answer = (await world.signals.read([cpu, queue], world.clock.now() - 300)).get(
    "AWS/ECS CPUUtilization {ClusterName=main,ServiceName=web} Average 60s",
  );
  const capacity = (await world.capacities.read([target])).get("web");
  const value = answer?.is === "series" ? answer.points.at(-1)?.value : undefined;
  if (capacity?.is !== "capacity" || typeof value !== "number") return;
  const wanted = Math.max(2, capacity.desired + (value > 55 ? 1 : value < 45 ? -1 : 0));
  await world.capacities.set(target, wanted);
  await world.publish([changed(world.clock.now(), { wanted })]);
}

async function lived(twin: Twin, seconds: number) {
  const went = await twin.deliveries.run({ for: seconds, handler: () => control(twin) });
  return { went, state: twin.snapshot(), published: twin.published() };
}

test("the same seed gives the same run, to the last event, and another seed another", async () => {
  const run = await lived(create(), 6 * HOUR);
  expect(run.published.length).toBeGreaterThan(300);
  expect(await lived(create(), 6 * HOUR)).toEqual(run);
  expect((await lived(create(2), 6 * HOUR)).published).not.toEqual(run.published);
});

test("a run in parts is the same run", async () => {
  const parts = create();
  for (let hour = 0; hour < 6; hour += 1) await lived(parts, HOUR);
  const whole = create();
  await lived(whole, 6 * HOUR);
  expect(parts.snapshot()).toEqual(whole.snapshot());
  expect(parts.published()).toEqual(whole.published());
});

test("goes on from a snapshot", async () => {
  const first = create();
  await lived(first, HOUR);
  const second = createTwin({ fleet, seed: 1, start: START });
  second.restore(JSON.parse(JSON.stringify(first.snapshot())));
  expect(second.snapshot()).toEqual(first.snapshot());
  await second.clock.advanceTo(START + 2 * HOUR);
  await first.clock.advanceTo(START + 2 * HOUR);
  expect(second.snapshot()).toEqual(first.snapshot());
});

test("what the control plane uses is metered", async () => {
  const twin = create();
  const { went } = await lived(twin, HOUR);
  const used = twin.meter.used();
  expect(used).toMatchObject({
    metricsRead: went.delivered,
    sqsRequests: went.delivered,
    capacityReads: went.delivered,
    lambdaInvocations: went.delivered,
    schedulerInvocations: 60,
    eventsPublished: twin.published().length,
  });
});

test("a target without a simulation has a life that fits its kind, its bounds and its policy", async () => {
  const twin = create();
  await twin.clock.advanceTo(START + 24 * HOUR);
  const seen = twin.account.observed();
  expect(seen.get("web")?.served).toBeGreaterThan(1_000_000);
  expect(seen.get("workers")?.served).toBeGreaterThan(10_000);
  const answers = await twin.world.signals.read([queue], 0);
  expect(answers.get("queue orders")).toMatchObject({ is: "queue" });
});

test("blind reads answer every question with a failure", async () => {
  const twin = create();
  twin.faults.fail("signals.read", "answers", { until: START + 60 });
  twin.faults.fail("capacities.read", "answers", { until: START + 60 });
  const signals = await twin.world.signals.read([cpu, queue], 0);
  expect([...signals.values()].map(({ is }) => is)).toEqual(["failed", "failed"]);
  expect((await twin.world.capacities.read([target])).get("web")?.is).toBe("failed");
  await twin.clock.advanceTo(START + 60);
  expect((await twin.world.capacities.read([target])).get("web")?.is).toBe("capacity");
});

test("a set whose answer is lost was done", async () => {
  const twin = create();
  twin.faults.fail("capacities.set", "unanswered", { times: 1 });
  await expect(twin.world.capacities.set(target, 17)).rejects.toThrow(Throttled);
  expect((await twin.world.capacities.read([target])).get("web")).toMatchObject({ desired: 17 });
});

test("a lost metric leaves a hole in its series", async () => {
  const twin = create();
  twin.faults.loseMetrics({ from: START + 300, until: START + 420 });
  await twin.clock.advanceTo(START + 1200);
  const [answer] = (await twin.world.signals.read([cpu], START)).values();
  const minutes = answer?.is === "series" ? answer.points.map(({ at }) => (at - START) / 60) : [];
  expect(minutes).toEqual(expect.arrayContaining([4, 7]));
  expect(minutes).not.toEqual(expect.arrayContaining([5]));
  expect(minutes).not.toEqual(expect.arrayContaining([6]));
});

test("whichever call it dies at, the minute after finds everything working", async () => {
  const calm = create();
  await calm.clock.advanceTo(START + 600);
  await calm.invoke(() => control(calm));
  for (const when of ["before", "after"] as const) {
    for (let call = 1; call <= calm.faults.calls(); call += 1) {
      const twin = create();
      await twin.clock.advanceTo(START + 600);
      const crashed = twin.faults.crashAt(call, when);
      const [first, second] = [await twin.invoke(() => control(twin)), await twin.invoke(() => control(twin))];
      await crashed;
      expect([first.is, second.is]).toEqual(["crashed", "done"]);
    }
  }
});

test("what was published stays as it was", async () => {
  const twin = create();
  const data = { to: 3 };
  await twin.world.publish([changed(START, data)]);
  data.to = 4;
  expect(twin.published()).toEqual([{ ...changed(START, { to: 3 }), received: START }]);
});

test("errors of the account pass as they are", async () => {
  const twin = create();
  const gone = { id: "gone", resource: { ...web, service: "gone" } };
  await expect(twin.world.capacities.set(gone, 1)).rejects.toThrow(NotFound);
  await expect(twin.world.stores.leases.remove("web", "pause")).rejects.toThrow(NotFound);
});

test("the calls that a pass makes can be told, to crash at each in turn", async () => {
  const twin = create();
  await twin.clock.advanceTo(START + 600);
  const ports = await twin.faults.during(() => twin.invoke(() => control(twin)));
  expect(ports).toEqual(["signals.read", "capacities.read", "capacities.set", "publish"]);
});

test("the new ports fail and crash like the others", async () => {
  const twin = create();
  const raise = () => twin.world.capacities.setMinimum(target, 9, { to: 2, at: START + HOUR });
  twin.faults.fail("capacities.setMinimum", "throttled", { times: 1 });
  await expect(raise()).rejects.toThrow(Throttled);
  twin.faults.fail("queues.bury", "denied", { times: 1 });
  await expect(twin.world.queues.bury([])).rejects.toThrow(Denied);
  for (const [when, minimum] of [
    ["before", 2],
    ["after", 9],
  ] as const) {
    const crashed = twin.faults.crashAt(1, when);
    expect((await twin.invoke(raise)).is).toBe("crashed");
    await crashed;
    expect((await twin.world.capacities.read([target])).get("web")).toMatchObject({ minimum });
  }
  for (const when of ["before", "after"] as const) {
    twin.faults.crashAt(1, when);
    const sent = await twin.invoke(() => twin.world.queues.sendShards([{ shard: when, at: START }]));
    expect(sent.is).toBe("crashed");
  }
  const shards: string[] = [];
  const shardHandler = async ({ Records }: SqsEvent) => shards.push(...Records.map(({ body }) => body));
  await twin.deliveries.run({ for: 30, handler: async () => undefined, shardHandler });
  expect(shards).toHaveLength(1);
});

test("what computing takes is counted", async () => {
  const twin = create();
  await twin.invoke(async () => undefined);
  expect(twin.meter.used()).toMatchObject({ lambdaInvocations: 1, lambdaMilliseconds: 30 });
});
