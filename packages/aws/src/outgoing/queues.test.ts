import { Invalid, NotFound } from "@headroom/decisions/errors";
import { expect, it } from "vitest";
import * as z from "zod";
import { shardDue } from "../../../../events/shard-due.ts";
import { scripted } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, jsonError, type Script } from "../../../../test/contract/documented/server.ts";
import { createQueues } from "./queues.ts";

const ACTION = "sqs:SendMessage";
const sent = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })),
});

async function queues(script: Script = { [ACTION]: [json({ Successful: [], Failed: [] })] }) {
  const wires = await scripted(script);
  const settings = { shardQueue: "https://sqs.x.invalid/1/shards", deadLetterQueue: "https://sqs.x.invalid/1/dead" };
  return { ...createQueues(wires.connect, settings), calls: () => wires.asked(ACTION).map((body) => sent.parse(body)) };
}

it("shards are sent ten a call, as the function that receives them reads them", async () => {
  const { calls, sendShards } = await queues();
  const messages = Array.from({ length: 25 }, (_, index) => ({ shard: `here/here#${index}`, at: NOON }));
  await sendShards(messages);
  expect(calls().map(({ Entries }) => Entries.length)).toEqual([10, 10, 5]);
  for (const { QueueUrl, Entries } of calls()) {
    expect(QueueUrl).toMatch(/shards$/);
    expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
  }
  const read = calls().flatMap(({ Entries }) =>
    Entries.map(({ MessageBody }) => shardDue.parse(JSON.parse(MessageBody))),
  );
  expect(read.map(({ shard, at }) => ({ shard, at: Date.parse(at) / 1000 }))).toEqual(messages);
});

it("letters are buried whole, no call over 256 KiB", async () => {
  const { bury, calls } = await queues();
  const letter = { type: "headroom.shard.due", body: "é".repeat(60_000), cause: "Throttled: slow down" };
  await bury([letter, letter, letter]);
  expect(calls().map(({ Entries }) => Entries.length)).toEqual([2, 1]);
  expect(JSON.parse(calls()[0]?.Entries[0]?.MessageBody ?? "")).toEqual(letter);
});

it("what is refused because of itself is not tried again", async () => {
  const failed = [{ Id: "0", SenderFault: true, Code: "InvalidMessageContents", Message: "bad characters" }];
  const { bury, calls } = await queues({ [ACTION]: [json({ Successful: [], Failed: failed })] });
  await expect(bury([{ type: "t", body: "b", cause: "c" }])).rejects.toThrow(Invalid);
  expect(calls()).toHaveLength(1);
});

it("a queue that is not there is said so", async () => {
  const { sendShards } = await queues({
    [ACTION]: [jsonError("com.amazonaws.sqs#QueueDoesNotExist", "no such queue")],
  });
  await expect(sendShards([{ shard: "here/here#0", at: NOON }])).rejects.toThrow(NotFound);
});

it("nothing is sent for nothing", async () => {
  const { bury, calls, sendShards } = await queues();
  await Promise.all([bury([]), sendShards([])]);
  expect(calls()).toEqual([]);
});
