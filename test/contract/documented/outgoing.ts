import { createHash } from "node:crypto";
import type { OutgoingEvent, ShardMessage, World } from "@headroom/loops/world";
import * as z from "zod";
import { type Answer, json } from "./server.ts";
import { nameOfError, type Vector } from "./vector.ts";

const EVENTS = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html";
const QUEUES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html";
const PUT = "events:PutEvents";
const SEND = "sqs:SendMessage";

function event(index: number): OutgoingEvent {
  const metadata = { version: 1, id: `web@${index}`, at: "2026-01-01T00:00:00.000Z", fleet: "shop" } as const;
  return { type: "headroom.capacity.changed", metadata, data: { target: "web" } };
}

const events = [event(0), event(1), event(2)];
const shards: ShardMessage[] = [0, 60, 120].map((at) => ({ shard: "here/here#0", at: 1_767_268_800 + at }));

const putRequest = z.object({ Entries: z.array(z.object({ Detail: z.string() })) });
const sendRequest = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) });

/** Takes all events but those at these places. */
function taking(...failing: number[]) {
  return (body: string): Answer => {
    const Entries = putRequest
      .parse(JSON.parse(body))
      .Entries.map((_, index) =>
        failing.includes(index)
          ? { ErrorCode: "ThrottlingException", ErrorMessage: "Rate exceeded" }
          : { EventId: String(index) },
      );
    return json({ FailedEntryCount: failing.length, Entries });
  };
}

/** The SDK compares it with what it sent. */
function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** Takes all messages but those at these places. */
function sending(...failing: number[]) {
  return (body: string): Answer => {
    const { Entries } = sendRequest.parse(JSON.parse(body));
    const failed = Entries.filter((_, index) => failing.includes(index));
    const taken = Entries.filter((_, index) => !failing.includes(index));
    return json({
      Successful: taken.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) })),
      Failed: failed.map(({ Id }) => ({ Id, Code: "InternalError", SenderFault: false, Message: "try again" })),
    });
  };
}

/** Ids of the events of each request. */
function eventIds(requests: readonly string[]): string[][] {
  const detail = z.object({ metadata: z.object({ id: z.string() }) });
  return requests.map((body) =>
    putRequest.parse(JSON.parse(body)).Entries.map(({ Detail }) => detail.parse(JSON.parse(Detail)).metadata.id),
  );
}

/** Instants of the messages of each request. */
function instants(requests: readonly string[]): string[][] {
  const shard = z.object({ at: z.string() });
  return requests.map((body) =>
    sendRequest.parse(JSON.parse(body)).Entries.map(({ MessageBody }) => shard.parse(JSON.parse(MessageBody)).at),
  );
}

export const outgoingVectors: Vector[] = [
  {
    what: "of a batch some events may fail although the call succeeds: just those are put again",
    source: EVENTS,
    emulators: "no entry ever fails",
    script: { [PUT]: [taking(1), taking()] },
    async ask(world, sent) {
      await world.publish(events);
      return eventIds(sent.asked(PUT));
    },
    gives: [["web@0", "web@1", "web@2"], ["web@1"]],
  },
  {
    what: "an event that fails time and again is an error",
    source: EVENTS,
    emulators: "no entry ever fails",
    script: { [PUT]: [taking(0)] },
    ask: (world: World) => nameOfError(world.publish(events)),
    gives: "Throttled",
  },
  {
    what: "of a batch some messages may fail although the call succeeds: just those are sent again",
    source: QUEUES,
    emulators: "no entry ever fails",
    script: { [SEND]: [sending(0, 2), sending()] },
    async ask(world, sent) {
      await world.queues.sendShards(shards);
      return instants(sent.asked(SEND));
    },
    gives: [
      ["2026-01-01T12:00:00.000Z", "2026-01-01T12:01:00.000Z", "2026-01-01T12:02:00.000Z"],
      ["2026-01-01T12:00:00.000Z", "2026-01-01T12:02:00.000Z"],
    ],
  },
  {
    what: "a message that fails time and again is an error",
    source: QUEUES,
    emulators: "no entry ever fails",
    script: { [SEND]: [sending(0)] },
    ask: (world: World) => nameOfError(world.queues.sendShards(shards)),
    gives: "Throttled",
  },
];
