import { type Fleet, type FleetInput, fleet } from "@headroom/decisions/config/fleet";
import { createTwin, type Twin } from "@headroom/twin/world";
import * as z from "zod";
import { NOON, tracking } from "../../builders/decisions.ts";
import type { Account, Accounts, GivenMetric, GivenQueue, GivenTarget, Kind, Named } from "./account.ts";

// Accounts on the twin: time stands half a minute after noon, and ten minutes after the account began.

const BEGAN = NOON - 570;
const NOW = NOON + 30;
/** Longer than anything takes to start. */
const LONG = 1800;
/** Longer than any case goes on. */
const FOR_EVER = 86_400;

type TargetInput = FleetInput["targets"][string];
type Simulation = NonNullable<TargetInput["simulation"]>;
type Resource = TargetInput["resource"];

const idle = { mean: 0, noise: 0 };

/** A resource of each kind. @param name nobody else's */
const resourceOf: { [K in Kind]: (name: string) => Resource } = {
  "ecs-service": (name) => ({ kind: "ecs-service", cluster: "main", service: name }),
  "auto-scaling-group": (name) => ({ kind: "auto-scaling-group", group: name }),
  "lambda-provisioned-concurrency": (name) => ({
    kind: "lambda-provisioned-concurrency",
    function: name,
    alias: "live",
  }),
  "event-source-concurrency": (name) => ({ kind: "event-source-concurrency", function: name, mapping: name }),
  "application-auto-scaling": (name) => ({
    ...{ kind: "application-auto-scaling", namespace: "rds" },
    ...{ resourceId: `cluster:${name}`, dimension: "rds:cluster:ReadReplicaCount" },
  }),
};

function configured(name: string, { kind, units, min, max, native }: GivenTarget): TargetInput {
  const simulation: Simulation = {
    ...{ workload: "service", perUnit: 1, startUp: "30s", initial: units, traffic: idle },
    ...(native === undefined ? {} : { native: { target: 0.5, ...native } }),
  };
  const resource = resourceOf[kind](name);
  return { resource, mode: "control", min, max, policies: [tracking()], simulation };
}

/** As many workers as messages are to be in flight, and none of them ever done. */
function worked(id: string, given: GivenQueue): TargetInput {
  const inFlight = "delayed" in given ? 0 : given.inFlight;
  const simulation: Simulation = {
    ...{ workload: "queue", queue: given.name, maxAge: "1d", startUp: "30s", traffic: idle },
    initial: inFlight > 0 ? 1 : 0,
    concurrencyPerUnit: Math.max(1, inFlight),
    secondsPerMessage: FOR_EVER,
    delay: "delayed" in given ? "15m" : "0s",
  };
  return { resource: resourceOf["ecs-service"](id), min: 0, max: 10, policies: [tracking()], simulation };
}

/** All messages in the first minute, and none later. */
function sent(given: GivenQueue) {
  const messages = "delayed" in given ? given.delayed : given.visible + given.inFlight;
  const values = [messages, ...Array.from({ length: FOR_EVER / 60 }, () => 0)];
  return { file: given.name, start: BEGAN, interval: 60, values, gaps: [] };
}

function publish({ account }: Twin, { namespace, metric, dimensions = {}, samples }: GivenMetric): void {
  for (const { ago, values } of samples.toSorted((a, b) => b.ago - a.ago)) {
    account.metrics.push({ namespace, metric, dimensions }, NOON - ago, {
      sum: values.reduce((sum, value) => sum + value, 0),
      count: values.length,
      min: Math.min(...values),
      max: Math.max(...values),
      values: values.map((value) => ({ value, weight: 1 })),
    });
  }
}

const floorState = z.object({ fallback: z.object({ to: z.number(), at: z.number() }).nullable() });
const state = z.object({
  targets: z.record(z.string(), z.object({ keepers: z.object({ floor: floorState }) })),
});

/** The scheduled action that the simulated resource has, from where it is kept. */
function fallbacks({ account }: Twin, id: string): { to: number; at: number }[] {
  const fallback = state.parse(account.snapshot()).targets[id]?.keepers.floor.fallback ?? null;
  return fallback === null ? [] : [fallback];
}

async function shards({ deliveries }: Twin): Promise<unknown[]> {
  const bodies: unknown[] = [];
  await deliveries.run({
    for: 60,
    handler: async () => undefined,
    shardHandler: async ({ Records }) => bodies.push(...Records.map(({ body }) => JSON.parse(body))),
  });
  return bodies;
}

function addressed({ targets }: Fleet, id: string): Named {
  const target = targets[id];
  if (target === undefined) throw new Error(`the fleet has no ${id}`);
  return { id, resource: target.resource };
}

function accountOn(twin: Twin, targets: readonly Named[]): Account {
  return {
    world: twin.world,
    minute: NOON,
    targets,
    missing: (kind) => ({ id: "missing", resource: resourceOf[kind]("missing") }),
    settle: () => twin.clock.advanceTo(twin.clock.now() + LONG),
    deploy: async ({ id }) => twin.account.deploy(id, { lasts: 300 }),
    fallbacks: async ({ id }) => fallbacks(twin, id),
    published: async () => twin.published().map(({ received: _, ...event }) => event),
    shards: () => shards(twin),
    buried: async () => twin.deadLetters().map(({ at: _, ...letter }) => letter),
  };
}

/** Accounts on the twin; each is a world of its own. */
export const twinAccounts: Accounts = {
  async given({ targets = [], metrics = [], queues = [] }) {
    const asked = targets.map((target, index) => [`target-${index}`, configured(`target-${index}`, target)] as const);
    const works = queues.map((queue, index) => [`worker-${index}`, worked(`worker-${index}`, queue)] as const);
    // A fleet has at least one target.
    const spare = ["spare", configured("spare", { kind: "ecs-service", units: 1, min: 1, max: 2 })] as const;
    const config = fleet.decode({ name: "shop", targets: Object.fromEntries([...asked, ...works, spare]) });
    const traces = new Map(queues.map((queue, index) => [`worker-${index}`, sent(queue)]));
    const twin = createTwin({ fleet: config, seed: 1, start: BEGAN, traces, queues: { duplicates: 0 } });
    for (const metric of metrics) publish(twin, metric);
    await twin.clock.advanceTo(NOW);
    return accountOn(
      twin,
      asked.map(([id]) => addressed(config, id)),
    );
  },
};
