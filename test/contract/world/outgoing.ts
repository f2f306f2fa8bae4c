import type { DeadLetter, OutgoingEvent } from "@headroom/loops/world";
import { expect } from "vitest";
import { shardDue } from "#events/shard-due";
import { noise } from "../samples.ts";
import type { Subject } from "./account.ts";

/** More than SQS and EventBridge take in one call (10), and no multiple of it. */
const MANY = 23;

/** `count` values by their index, from 0. */
function many<Value>(count: number, made: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => made(index));
}

/** In the order of what they say, which is all that differs. */
function sorted<Value>(values: readonly Value[]): Value[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function event(index: number, note = 'é 😀 " \\ \n'): OutgoingEvent {
  return {
    type: "headroom.capacity.changed",
    metadata: { version: 1, id: `web@${index}`, at: "2026-01-01T00:00:00.000Z", fleet: "shop" },
    data: { target: "web", from: index, to: index + 1, reasons: [{ code: "x", sentence: note }] },
  };
}

function letter(index: number, note = 'é 😀 " \\ \n'): DeadLetter {
  return { type: "headroom.tick.due", body: JSON.stringify({ index, note }), cause: `Invalid: ${note}` };
}

/** What every World must do with what leaves it: work for others, dead letters, events. */
export function outgoingContract({ accounts, check }: Subject): void {
  for (const count of [0, 1, MANY]) {
    check(`${count} shards are sent`, async () => {
      const account = await accounts().given({});
      const messages = many(count, (index) => ({
        shard: `123456789012/eu-west-1#${index}`,
        at: 1_767_268_800 + index / 4,
      }));
      await account.world.queues.sendShards(messages);
      const due = (await account.shards()).map((body) => shardDue.parse(body));
      const sent = due.map(({ shard, at }) => ({ shard, at: Date.parse(at) / 1000 }));
      expect(sorted(sent)).toEqual(sorted(messages));
    });

    check(`${count} dead letters are buried, with their causes`, async () => {
      const account = await accounts().given({});
      const letters = many(count, (index) => letter(index));
      await account.world.queues.bury(letters);
      const buried = (await account.buried()).map(({ type, body, cause }) => ({ type, body, cause }));
      expect(sorted(buried)).toEqual(sorted(letters));
    });

    check(`${count} events come on the bus`, async () => {
      const account = await accounts().given({});
      const events = many(count, (index) => event(index));
      await account.world.publish(events);
      const published = await account.published();
      expect(sorted(published.map(({ type, metadata, data }) => ({ type, metadata, data })))).toEqual(sorted(events));
    });
  }

  check("events that are together too large for one call come on the bus", async () => {
    const account = await accounts().given({});
    const events = many(4, (index) => event(index, noise(100_000, index)));
    await account.world.publish(events);
    expect(sorted(await account.published())).toMatchObject(sorted(events));
  });

  check("dead letters that are together too large for one call are buried", async () => {
    const account = await accounts().given({});
    const letters = many(20, (index) => letter(index, noise(60_000, index)));
    await account.world.queues.bury(letters);
    expect(sorted(await account.buried())).toMatchObject(sorted(letters));
  });
}
