import { Denied } from "@headroom/decisions/errors";
import { expect, it } from "vitest";
import * as z from "zod";
import { scripted } from "../../../../test/builders/aws.ts";
import { json, type Script } from "../../../../test/contract/documented/server.ts";
import { createPublish } from "./publish.ts";

const ACTION = "events:PutEvents";
const put = z.object({
  Entries: z.array(
    z.object({
      EventBusName: z.string(),
      Source: z.string(),
      DetailType: z.string(),
      Detail: z.string(),
      Time: z.number(),
    }),
  ),
});

const event = (id: string, data: Record<string, unknown> = {}) => ({
  type: "headroom.capacity.changed",
  metadata: { version: 1 as const, id, at: "2026-01-01T12:00:00.000Z", fleet: "shop" },
  data,
});

const accepted = (request: string) =>
  json({ FailedEntryCount: 0, Entries: put.parse(JSON.parse(request)).Entries.map(() => ({ EventId: "e" })) });

async function publishing(script: Script = { [ACTION]: [accepted] }) {
  const wires = await scripted(script);
  return {
    publish: createPublish(wires.connect, "headroom-bus"),
    calls: () => wires.asked(ACTION).map((body) => put.parse(body).Entries),
  };
}

it("events are put ten a call, each with its metadata and its own time", async () => {
  const { publish, calls } = await publishing();
  const events = Array.from({ length: 12 }, (_, index) => event(`web@${index}`, { from: index }));
  await publish(events);
  expect(calls().map((entries) => entries.length)).toEqual([10, 2]);
  const entries = calls().flat();
  expect(entries[0]).toMatchObject({
    ...{ EventBusName: "headroom-bus", Source: "headroom", DetailType: "headroom.capacity.changed" },
    Time: Date.UTC(2026, 0, 1, 12) / 1000,
  });
  expect(entries.map(({ Detail }) => JSON.parse(Detail))).toEqual(
    events.map(({ metadata, data }) => ({ metadata, data })),
  );
});

it("no call weighs more than 256 KiB", async () => {
  const { publish, calls } = await publishing();
  await publish(["a", "b", "c"].map((id) => event(id, { text: "é".repeat(60_000) })));
  expect(calls().map((entries) => entries.length)).toEqual([2, 1]);
});

it("just what was left over is put again", async () => {
  const partly = json({
    FailedEntryCount: 1,
    Entries: [{ EventId: "e" }, { ErrorCode: "ThrottlingException", ErrorMessage: "slow" }, { EventId: "e" }],
  });
  const { publish, calls } = await publishing({ [ACTION]: [partly, accepted] });
  await publish([event("a"), event("b"), event("c")]);
  expect(calls().map((entries) => entries.map(({ Detail }) => JSON.parse(Detail).metadata.id))).toEqual([
    ["a", "b", "c"],
    ["b"],
  ]);
});

it("what will never be taken is an error at once", async () => {
  const denied = json({ FailedEntryCount: 1, Entries: [{ ErrorCode: "AccessDeniedException", ErrorMessage: "no" }] });
  const { publish, calls } = await publishing({ [ACTION]: [denied] });
  await expect(publish([event("a")])).rejects.toThrow(Denied);
  expect(calls()).toHaveLength(1);
});
