import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { startDynalite } from "@headroom/cli/local/dynalite";
import { Conflict, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hourOfMoments, memoryOf, noise, recordOf } from "./samples.ts";
import { claimOf } from "./stores/targets.ts";

// What only DynamoDB has: a table that may be missing, limits, items that expire, answers that leave something over.

const TABLE = "headroom";
const settings = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
let server: Awaited<ReturnType<typeof startDynalite>>;
let client: ReturnType<typeof dynamoClient>;

beforeAll(async () => {
  server = await startDynalite();
  client = dynamoClient({ ...settings, endpoint: server.endpoint });
  await createTable(client, TABLE);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const stores = () => dynamoStores(client, TABLE);

async function storedItem(pk: string, sk: string): Promise<Record<string, unknown> | undefined> {
  return (await client.send(new GetCommand({ TableName: TABLE, Key: { pk, sk } }))).Item;
}

async function put(item: Record<string, unknown>): Promise<void> {
  await client.send(new PutCommand({ TableName: TABLE, Item: item }));
}

describe("a table", () => {
  test("that exists is not made again, and keeps what it holds", async () => {
    await stores().targets.claim("kept", claimOf(60));
    await createTable(client, TABLE);
    expect((await stores().targets.load(["kept"])).size).toBe(1);
  });

  test("with an impossible name is refused", async () => {
    await expect(createTable(client, "a b")).rejects.toThrow(Invalid);
  });

  test("that is missing is not found, whatever is asked of it", async () => {
    const { targets, shards, records, leases } = dynamoStores(client, "missing");
    const calls = [
      targets.load(["web"]),
      targets.claim("web", claimOf(60)),
      targets.settle("web", 60, []),
      shards.load("all"),
      shards.save("all", { at: 60, targets: {}, leases: [] }),
      records.append([recordOf("web", 60)]),
      records.list("web", { from: 0, to: 1, limit: 1 }),
      leases.list(0),
      leases.put({ kind: "pin", target: "web", capacity: 1, owner: "ada", reason: "test", until: 60 }),
    ];
    for (const result of await Promise.allSettled<unknown>(calls)) {
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(NotFound) });
    }
  });

  test("that cannot be reached means later", async () => {
    const gone = await startDynalite();
    await gone.close();
    const nowhere = dynamoClient({ ...settings, endpoint: gone.endpoint, maxAttempts: 1 });
    await expect(dynamoStores(nowhere, TABLE).leases.list(0)).rejects.toThrow(Throttled);
    await expect(createTable(nowhere, TABLE)).rejects.toThrow(/^creating table headroom: .*ECONNREFUSED/);
    nowhere.destroy();
  });
});

describe("items expire, in whole seconds", () => {
  test("leases when they end, records 90 days after their instant, rows and shards never", async () => {
    const { targets, shards, records, leases } = stores();
    await leases.put({ kind: "pin", target: "ttl", capacity: 1, owner: "ada", reason: "test", until: 100.5 });
    await records.append([recordOf("ttl", 60)]);
    await targets.claim("ttl", claimOf(60));
    await shards.save("ttl", { at: 60, targets: {}, leases: [] });
    expect(await storedItem("leases", "ttl#pin")).toMatchObject({ expires: 101 });
    expect(await storedItem("target#ttl", "record#00000000060000")).toMatchObject({ expires: 60 + 90 * 86_400 });
    expect(await storedItem("target#ttl", "row")).not.toHaveProperty("expires");
    expect(await storedItem("shard#ttl", "memory")).not.toHaveProperty("expires");
  });

  test("nothing else about the wall clock is stored", async () => {
    await stores().targets.claim("timeless", claimOf(60));
    const names = ["_et", "at", "claim", "pk", "sk", "target"];
    expect(Object.keys((await storedItem("target#timeless", "row")) ?? {}).sort()).toEqual(names);
  });
});

describe("limits of an item", () => {
  test("250 targets with an hour of moments each take less than a tenth of it", async () => {
    const entries = Array.from({ length: 250 }, (_, index) => [`service-${index}`, memoryOf(index, 1.8e9)] as const);
    await stores().shards.save("packed", { at: 60, targets: Object.fromEntries(entries), leases: [] });
    const item = await storedItem("shard#packed", "memory");
    expect(item?.targets).toHaveProperty("byteLength");
    expect(item?.targets instanceof Uint8Array && item.targets.byteLength).toBeLessThan(40_000);
  });

  test("a shard that does not fit is refused, with its name and the number of its targets", async () => {
    const ring = Array.from({ length: 300 }, (_, index) => hourOfMoments(index, index * 7.77)).flat();
    const targets = {
      one: { ...memoryOf(1, 60), ring },
      two: { ...memoryOf(2, 60), drainBy: { [noise(600_000, 1)]: 1 } },
    };
    const saving = stores().shards.save("huge", { at: 60, targets, leases: [] });
    await expect(saving).rejects.toThrow(Invalid);
    await expect(saving).rejects.toThrow(/shard huge, with 2 targets, is \d+ KB .* 396 KB/);
    expect(await stores().shards.load("huge")).toBeUndefined();
  });

  test("of records that are kept together none is kept when one does not fit", async () => {
    const outcome = { is: "notDone" as const, why: noise(600_000, 1) };
    const appending = stores().records.append([recordOf("big", 60), { ...recordOf("big", 120), outcome }]);
    await expect(appending).rejects.toThrow(/record of big at 120 is \d+ KB/);
    expect(await stores().records.list("big", { from: 0, to: 1e9, limit: 9 })).toEqual([]);
  });

  test.each([-1, Number.NaN, 1e12])("a record for the instant %d is refused", async (at) => {
    const record = recordOf("when", 60);
    const appending = stores().records.append([{ ...record, input: { ...record.input, at } }]);
    await expect(appending).rejects.toThrow(Invalid);
  });
});

describe("what DynamoDB leaves over is asked for again", () => {
  test("rows that are more than one answer holds", async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `much-${index}`);
    const padding = "x".repeat(390_000); // dynalite answers with 1.4 MB at most
    for (const target of ids) await put({ _et: "target", pk: `target#${target}`, sk: "row", target, at: 60, padding });
    expect([...(await stores().targets.load(ids)).keys()].sort()).toEqual(ids);
  });

  test("records of which it takes only some at a time", async () => {
    const partly = dynamoClient({ ...settings, endpoint: server.endpoint });
    const sent: number[] = [];
    partly.middlewareStack.add(
      (next) => async (args) => {
        const requests = "RequestItems" in args.input ? args.input.RequestItems?.[TABLE] : undefined;
        if (!Array.isArray(requests)) return next(args);
        sent.push(requests.length);
        const result = await next({ ...args, input: { RequestItems: { [TABLE]: requests.slice(0, 10) } } });
        const left = requests.slice(10);
        Object.assign(result.output, { UnprocessedItems: left.length === 0 ? {} : { [TABLE]: left } });
        return result;
      },
      { step: "initialize" },
    );
    const records = Array.from({ length: 24 }, (_, index) => recordOf("partly", index * 60, index));
    await dynamoStores(partly, TABLE).records.append(records);
    expect(sent).toEqual([24, 14, 4]);
    expect(await stores().records.list("partly", { from: 0, to: 1e9, limit: 99 })).toEqual(records.toReversed());
    partly.destroy();
  });
});

describe("what somebody else put into the table is refused by name", () => {
  test("a record", async () => {
    await put({
      _et: "record",
      pk: "target#odd",
      sk: "record#00000000060000",
      target: "odd",
      at: 60,
      expires: 9,
      body: new Uint8Array([1]),
    });
    const listing = stores().records.list("odd", { from: 0, to: 1e9, limit: 9 });
    await expect(listing).rejects.toThrow(new Invalid("The record of odd at 60 cannot be unpacked: it is damaged"));
  });

  test("forecasts, without those of other targets: the next quarter of an hour makes them anew", async () => {
    const kept = { predictive: { is: "none" as const, of: "load", madeAt: 1, why: "a day long" } };
    await stores().forecasts.save("even", 1, kept);
    const item = { _et: "forecast", pk: "target#odd", sk: "forecasts", target: "odd", madeAt: 1, expires: 2e9 };
    await put({ ...item, body: new Uint8Array([1]) });
    expect(await stores().forecasts.load(["odd", "even"])).toEqual(new Map([["even", kept]]));
  });

  test("a row", async () => {
    await put({
      _et: "target",
      pk: "target#odd",
      sk: "row",
      target: "odd",
      at: 60,
      actions: [{ at: 60, from: 1, to: 2, by: "nobody" }],
    });
    await expect(stores().targets.load(["odd"])).rejects.toThrow(Invalid);
    await expect(stores().targets.load(["odd"])).rejects.toThrow(/past of odd[\s\S]*nobody/);
  });
});

test("a claim is a Conflict that says who wanted what", async () => {
  await stores().targets.claim("said", claimOf(60));
  const again = stores().targets.claim("said", claimOf(120));
  await expect(again).rejects.toThrow(Conflict);
  await expect(again).rejects.toThrow(/^claiming said at 120: /);
});
