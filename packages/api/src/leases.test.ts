import { type Fleet, fleet } from "@headroom/decisions/config/fleet";
import type { Lease } from "@headroom/decisions/model";
import type { World } from "@headroom/loops/world";
import { createTwin } from "@headroom/twin/world";
import { beforeEach, describe, expect, it } from "vitest";
import { failure, type LeaseChange, leaseChange } from "./answers.ts";
import { createApi } from "./app.ts";

const START = 1_767_571_200; // 2026-01-05T00:00:00Z
const HOUR = 3600;

const queue = { kind: "queue" as const, drainWithin: "5m" as const, secondsPerMessage: 1 };
const target = (name: string, min: number) => ({
  resource: { kind: "ecs-service" as const, cluster: "shop", service: name },
  ...{ mode: "control" as const, min, max: 40, policies: [{ ...queue, queue: name }] },
});
const shop: Fleet = fleet.decode({ name: "shop", targets: { web: target("web", 5), mail: target("mail", 0) } });

let world: World;
let mutations: LeaseChange[];
let app: ReturnType<typeof createApi>;
beforeEach(() => {
  world = createTwin({ fleet: shop, seed: 1, start: START }).world;
  mutations = [];
  const onDefect = (error: unknown) => {
    throw error;
  };
  app = createApi({ world, fleet: shop, onDefect, onMutation: (change) => mutations.push(change) });
});

const by = { owner: "ada", reason: "the sale", for: "2h" };

async function post(body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await app.request("/v1/leases", { method: "POST", body: text });
  return { status: answer.status, json: await answer.json() };
}

async function remove(path: string) {
  const answer = await app.request(`/v1/leases/${path}`, { method: "DELETE" });
  return { status: answer.status, json: await answer.json() };
}

const leases = () => world.stores.leases.list(START);
const granted = { owner: "ada", reason: "the sale", until: START + 2 * HOUR };

describe("a lease", () => {
  const kinds: [Record<string, unknown>, Lease][] = [
    [
      { kind: "pause", target: "web" },
      { kind: "pause", target: "web", direction: "both", ...granted },
    ],
    [
      { kind: "pause", target: "*", direction: "in" },
      { kind: "pause", target: "*", direction: "in", ...granted },
    ],
    [
      { kind: "pin", target: "web", capacity: 40 },
      { kind: "pin", target: "web", capacity: 40, ...granted },
    ],
    [
      { kind: "limit", target: "web", max: 60 },
      { kind: "limit", target: "web", max: 60, ...granted },
    ],
    [
      { kind: "limit", target: "mail", min: 0 },
      { kind: "limit", target: "mail", min: 0, ...granted },
    ],
  ];

  it.each(kinds)("%j is granted with one write", async (asked, lease) => {
    const { status, json } = await post({ ...asked, ...by });
    expect(status).toBe(201);
    expect(await leases()).toEqual([lease]);
    const { before, after } = leaseChange.parse(json);
    expect(before).toBeNull();
    expect(after).toMatchObject({ target: lease.target, left: 2 * HOUR, until: "2026-01-05T02:00:00.000Z" });
  });

  it("may be as short as two minutes", async () => {
    expect((await post({ kind: "pause", target: "web", ...by, for: "2m" })).status).toBe(201);
  });

  it("may end at an instant", async () => {
    await post({ kind: "pause", target: "web", owner: "ada", reason: "x", until: "2026-01-05T06:00:00+01:00" });
    expect(await leases()).toMatchObject([{ until: START + 5 * HOUR }]);
  });

  it("replaces one of its kind, and tells who did so, why, what was and what is", async () => {
    await post({ kind: "pin", target: "web", capacity: 8, ...by });
    await post({ kind: "pin", target: "web", capacity: 9, ...by, owner: "bob" });
    expect(await leases()).toHaveLength(1);
    expect(mutations).toHaveLength(2);
    expect(mutations[1]).toMatchObject({ owner: "bob", reason: "the sale", target: "web", kind: "pin" });
    expect(mutations[1]?.before?.sentence).toContain("Pinned at 8 units by ada");
    expect(mutations[1]?.after?.sentence).toContain("Pinned at 9 units by bob");
  });

  it("is only described on a dry run", async () => {
    const { status, json } = await post({ kind: "pin", target: "web", capacity: 8, ...by, dryRun: true });
    expect(status).toBe(200);
    expect(leaseChange.parse(json).after?.sentence).toContain("Pinned at 8 units");
    expect(await leases()).toEqual([]);
    expect(mutations).toEqual([]);
  });
});

describe("what is refused", () => {
  const pin = { kind: "pin", target: "web" };
  const limit = { kind: "limit", target: "web" };
  it.each([
    [{ ...pin, capacity: 41, ...by }, 422, "41 is outside of the bounds of web, 5 to 40"],
    [{ ...pin, capacity: 4, ...by }, 422, "4 is outside of the bounds of web, 5 to 40"],
    [{ ...limit, min: 41, ...by }, 422, "The minimum of web would be 41, above its maximum of 40"],
    [{ ...limit, max: 4, ...by }, 422, "The minimum of web would be 5, above its maximum of 4"],
    [{ ...limit, min: 0, ...by }, 422, "web must not go to 0"],
    [{ ...limit, ...by }, 400, "A limit needs a minimum or a maximum"],
    [{ ...pin, target: "*", capacity: 9, ...by }, 400, "A pin is for one target"],
    [{ ...pin, target: "wbe", capacity: 9, ...by }, 404, "did you mean web?"],
    [{ ...pin, capacity: 9.5, ...by }, 400, "capacity"],
    [{ ...pin, capacity: 9, ...by, reason: " " }, 400, "reason"],
    [{ ...pin, capacity: 9, owner: "ada", for: "2h" }, 400, "reason"],
    [{ ...pin, capacity: 9, owner: "ada", reason: "x" }, 400, "A lease ends by itself"],
    [{ ...pin, capacity: 9, ...by, until: "2026-01-06T00:00:00Z" }, 400, "one of the two"],
    [{ ...pin, capacity: 9, ...by, for: "0s" }, 400, "would be over already"],
    [{ ...pin, capacity: 9, owner: "ada", reason: "x", until: "2026-01-04T00:00:00Z" }, 400, "would be over already"],
    [{ ...pin, capacity: 9, ...by, for: "119s" }, 400, "2026-01-05 00:01:59Z is shorter than 2 min"],
    [{ ...pin, capacity: 9, ...by, for: "31d" }, 400, "longer than 30 days"],
    [{ ...pin, capacity: 9, ...by, form: "2h" }, 400, 'form ("2h") is not a known key'],
    [{ kind: "puase", target: "web", ...by }, 400, "kind"],
    ["{", 400, "The body is not JSON"],
  ])("%j: %d", async (body, expected, says) => {
    const { status, json } = await post(body);
    expect({ status, message: failure.parse(json).message }).toEqual({
      status: expected,
      message: expect.stringContaining(says),
    });
    expect(await leases()).toEqual([]);
    expect(mutations).toEqual([]);
  });

  it("a pin outside of what a limit leaves", async () => {
    await post({ ...limit, max: 10, ...by });
    expect((await post({ ...pin, capacity: 11, ...by })).status).toBe(422);
    expect((await post({ ...pin, capacity: 10, ...by })).status).toBe(201);
  });
});

describe("taking a lease back", () => {
  it("tells who did so", async () => {
    await post({ kind: "pause", target: "*", ...by });
    const { status, json } = await remove("*/pause?owner=bob&reason=over");
    expect(status).toBe(200);
    expect(leaseChange.parse(json)).toMatchObject({ owner: "bob", reason: "over", after: null });
    expect(mutations.at(-1)?.before?.sentence).toContain("Paused by ada");
    expect(await leases()).toEqual([]);
  });

  it("is only described on a dry run", async () => {
    await post({ kind: "pause", target: "web", ...by });
    expect((await remove("web/pause?owner=bob&dryRun=true")).status).toBe(200);
    expect(await leases()).toHaveLength(1);
    expect(mutations).toHaveLength(1);
  });

  it.each([
    ["web/pin?owner=bob", 404, "There is no pin on web"],
    ["web/pause?owner=bob", 404, "there is one on all targets: --all"],
    ["wbe/pause?owner=bob", 404, "did you mean web?"],
    ["web/pause", 400, "owner"],
    ["web/puase?owner=bob", 400, "kind"],
  ])("%s: %d", async (path, expected, says) => {
    await post({ kind: "pause", target: "*", ...by });
    const { status, json } = await remove(path);
    expect({ status, message: failure.parse(json).message }).toEqual({
      status: expected,
      message: expect.stringContaining(says),
    });
  });
});
