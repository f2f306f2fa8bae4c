import { type Fleet, fleet } from "@headroom/decisions/config/fleet";
import type { Lease } from "@headroom/decisions/model";
import { decodeRecord } from "@headroom/decisions/record";
import { tick } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import { createTwin } from "@headroom/twin/world";
import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import { consideredNow, failure, fleetStatus, recordList, targetStatus } from "./answers.ts";
import { createApi } from "./app.ts";

const START = 1_767_571_200; // 2026-01-05T00:00:00Z
const MINUTE = 60;

const shop: Fleet = fleet.decode({
  name: "shop",
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "shop", service: "web" },
      mode: "control",
      min: 2,
      max: 40,
      policies: [
        {
          kind: "target-tracking",
          of: "average",
          target: 60,
          signals: [
            {
              source: "cloudwatch",
              namespace: "AWS/ECS",
              metric: "CPUUtilization",
              dimensions: { ClusterName: "shop", ServiceName: "web" },
              statistic: "Average",
            },
          ],
        },
      ],
      simulation: { workload: "service", perUnit: 10, startUp: "30s", initial: 2, traffic: { mean: 100 } },
    },
    mail: {
      resource: { kind: "ecs-service", cluster: "shop", service: "mail" },
      min: 1,
      max: 9,
      policies: [{ kind: "queue", queue: "mail", drainWithin: "5m", secondsPerMessage: 1 }],
    },
  },
});

type Ask = <Schema extends z.ZodType>(path: string, schema: Schema, status?: number) => Promise<z.output<Schema>>;

let world: World;
let minutes: (count: number) => Promise<void>;
let ask: Ask;
let defects: unknown[];

function asker(of: World): Ask {
  const app = createApi({ world: of, fleet: shop, onDefect: (error) => defects.push(error), onMutation: () => {} });
  return async (path, schema, status = 200) => {
    const answer = await app.request(path);
    expect(answer.status).toBe(status);
    return schema.parse(await answer.json());
  };
}

beforeEach(() => {
  const twin = createTwin({ fleet: shop, seed: 1, start: START });
  world = twin.world;
  defects = [];
  ask = asker(world);
  minutes = async (count) => {
    for (let minute = 0; minute < count; minute += 1) {
      await twin.clock.advanceTo(twin.clock.now() + MINUTE);
      await tick(world, shop, { at: twin.clock.now() });
    }
  };
});

/** Where AWS deletes late, or a local store never does. */
async function anOldRecord(age: number): Promise<void> {
  const [newest] = await world.stores.records.list("web", { from: 0, to: START + 3600, limit: 1 });
  if (newest === undefined) throw new Error("there is no record yet");
  const at = world.clock.now() - age;
  await world.stores.records.append([{ ...newest, input: { ...newest.input, at } }]);
}

const granted = { owner: "ada", reason: "the sale", until: START + 7200 };

describe("records of more than 90 days ago", () => {
  const DAY = 86_400;
  const listed = async () => (await ask("/v1/targets/web/records?limit=100", recordList)).records.length;

  it("are not shown, however late they are deleted", async () => {
    await minutes(10);
    const before = await listed();
    await anOldRecord(90 * DAY + 1);
    expect(await listed()).toBe(before);
    await anOldRecord(90 * DAY - 1);
    expect(await listed()).toBe(before + 1);
  });
});

describe("status", () => {
  it("is empty-handed before the first tick", async () => {
    const status = await ask("/v1/status", fleetStatus);
    expect(status).toMatchObject({ fleet: "shop", now: "2026-01-05T00:00:00.000Z", tick: null });
    expect(status.targets.map(({ id, latest }) => [id, latest])).toEqual([
      ["web", null],
      ["mail", null],
    ]);
  });

  it("says what was decided last, why, and since when", async () => {
    await minutes(10);
    const { tick: newest, targets } = await ask("/v1/status", fleetStatus);
    const [newestRecord] = await world.stores.records.list("web", { from: 0, to: START + 3600, limit: 1 });
    expect(newest).toBe("2026-01-05T00:10:00.000Z");
    expect(targets[0]).toMatchObject({ id: "web", kind: "ecs-service", mode: "control", min: 2, max: 40 });
    expect(targets[0]?.latest).toMatchObject({
      at: new Date((newestRecord?.input.at ?? 0) * 1000).toISOString(),
      decision: newestRecord?.decision.is,
      code: newestRecord?.decision.reasons.at(-1)?.code,
    });
    expect(targets[0]?.capacity).toMatchObject({ is: "capacity" });
  });

  it("gives the bounds in force and says who changed them", async () => {
    const lease: Lease = { kind: "limit", target: "*", max: 6, ...granted };
    await world.stores.leases.put(lease);
    const web = await ask("/v1/targets/web", targetStatus);
    expect(web).toMatchObject({ min: 2, max: 6 });
    expect(web.leases).toEqual([
      {
        kind: "limit",
        target: "*",
        left: 7200,
        until: "2026-01-05T02:00:00.000Z",
        sentence: "Kept to its own minimum up to 6 by ada until 2026-01-05 02:00:00Z: the sale.",
      },
    ]);
  });

  it("survives a lease for ever", async () => {
    await world.stores.leases.put({ kind: "pin", target: "web", capacity: 3, ...granted, until: 1e15 });
    const { leases } = await ask("/v1/targets/web", targetStatus);
    expect(leases.map(({ until }) => until)).toEqual(["9999-12-31T23:59:59.000Z"]);
  });
});

describe("records", () => {
  it("come newest first, within the range that was asked for", async () => {
    await minutes(40);
    const all = await ask("/v1/targets/web/records", recordList);
    const instants = all.records.map((json) => decodeRecord(json).input.at);
    expect(instants.length).toBeGreaterThan(2);
    expect(instants).toEqual([...instants].sort((a, b) => b - a));
    const to = new Date((instants[1] ?? 0) * 1000).toISOString();
    const some = await ask(`/v1/targets/web/records?to=${to}&limit=1`, recordList);
    expect(some.records.map((json) => decodeRecord(json).input.at)).toEqual([instants[1]]);
  });

  it.each([
    ["limit=0", 'limit ("0") must be 1 or more'],
    ["limit=many", "limit"],
    ["from=yesterday", 'from ("yesterday") is not an instant'],
    ["form=x", 'form ("x") is not a known key: did you mean "from"?'],
  ])("refuses %s", async (query, says) => {
    const { error, message } = await ask(`/v1/targets/web/records?${query}`, failure, 400);
    expect(error).toBe("Invalid");
    expect(message).toContain(says);
  });
});

describe("now", () => {
  it("decides as the next tick will, and changes nothing", async () => {
    await minutes(5);
    const before = await world.stores.shards.load("all");
    const answer = await ask("/v1/targets/web/now", consideredNow);
    expect(await world.stores.shards.load("all")).toEqual(before);
    if (answer.is !== "considered") throw new Error("a tick is acting");
    const considered = decodeRecord(answer.record);
    expect(considered.outcome).toEqual({ is: "none" });
    expect(considered.input.at).toBe(START + 5 * MINUTE);
    expect(considered.input.memory.ring.at(-1)?.at).toBe(START + 5 * MINUTE);
  });

  it("resolves the claim of a tick that died, and leaves it to the next tick to settle", async () => {
    await minutes(1);
    const { now } = world.clock;
    await world.stores.targets.claim("web", { at: now() + 1, sets: "capacity", from: 1, to: 2, until: now() });
    const answer = await ask("/v1/targets/web/now", consideredNow);
    expect(answer.is).toBe("considered");
    if (answer.is === "considered") {
      expect(decodeRecord(answer.record).input.memory.actions).toContainEqual({
        ...{ at: now() + 1, decidedAt: now() + 1, from: 1, to: 2, by: "headroom" },
      });
    }
    expect((await world.stores.targets.load(["web"])).get("web")?.claim).not.toBeNull();
  });

  it("says so while a tick is acting on the target", async () => {
    await world.stores.targets.claim("web", { at: START, sets: "capacity", from: 2, to: 3, until: START + 30 });
    expect(await ask("/v1/targets/web/now", consideredNow)).toEqual({ is: "busy", until: "2026-01-05T00:00:30.000Z" });
  });
});

describe("what is not there", () => {
  it.each(["/v1/targets/wbe", "/v1/targets/wbe/records", "/v1/targets/wbe/now"])(
    "%s names the nearest",
    async (path) => {
      expect(await ask(path, failure, 404)).toEqual({
        error: "NotFound",
        message: 'There is no target "wbe": did you mean web?',
      });
    },
  );

  it("is not found in what every object has", async () => {
    await ask("/v1/targets/constructor", failure, 404);
  });

  it("includes other paths", async () => {
    expect(await ask("/v2", failure, 404)).toEqual({ error: "NotFound", message: "There is no GET /v2" });
  });
});

describe("what goes wrong inside", () => {
  it("is told to the log and not to the caller", async () => {
    const broken: World = {
      ...world,
      capacities: { ...world.capacities, read: () => Promise.reject(new Error("secret")) },
    };
    const { error, message } = await asker(broken)("/v1/status", failure, 500);
    expect(error).toBe("Defect");
    expect(message).not.toContain("secret");
    expect(defects).toEqual([new Error("secret")]);
  });
});
