import { describe, expect, it } from "vitest";
import { scripted } from "../../../../test/builders/aws.ts";
import { NOON } from "../../../../test/builders/decisions.ts";
import { json, jsonError, type Script } from "../../../../test/contract/documented/server.ts";
import { queueSignals } from "./sqs.ts";

const images = { source: "queue", queue: "images", maxAge: 60 } as const;
const counts = {
  ApproximateNumberOfMessages: "12",
  ApproximateNumberOfMessagesNotVisible: "3",
  ApproximateNumberOfMessagesDelayed: "1",
};
const url = json({ QueueUrl: "http://sqs.nowhere.invalid/111122223333/images" });
const attributes = json({ Attributes: counts });

async function reading(script: Script) {
  const wires = await scripted({ "sqs:GetQueueUrl": [url], "sqs:GetQueueAttributes": [attributes], ...script });
  const read = queueSignals(wires);
  return { wires, read: async () => new Map(await read([images, images], {})).get("queue images") };
}

describe("queues", () => {
  it("tell what is visible, in flight and delayed; their URL is looked up once, and is no address", async () => {
    const { wires, read } = await reading({});
    expect(await read()).toEqual({ is: "queue", at: NOON, visible: 12, inFlight: 3, delayed: 1 });
    await read();
    expect(wires.server.actions()).toEqual(["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:GetQueueAttributes"]);
  });

  it("that were deleted are failures, and looked up again", async () => {
    const gone = jsonError("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
    const { wires, read } = await reading({ "sqs:GetQueueAttributes": [attributes, gone, attributes] });
    await read();
    expect(await read()).toMatchObject({ is: "failed", why: expect.stringContaining("does not exist") });
    expect(await read()).toMatchObject({ is: "queue" });
    expect(wires.asked("sqs:GetQueueUrl")).toHaveLength(2);
  });

  it("whose counts are missing are failures, not empty", async () => {
    const { ApproximateNumberOfMessagesDelayed: _, ...rest } = counts;
    const { read } = await reading({ "sqs:GetQueueAttributes": [json({ Attributes: rest })] });
    expect(await read()).toMatchObject({ is: "failed", why: expect.stringContaining("without its counts") });
  });
});
