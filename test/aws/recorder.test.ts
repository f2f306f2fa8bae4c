import { afterEach, expect, test } from "vitest";
import { type Documented, json, startDocumented } from "../contract/documented/server.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

const ACTION = "ecs:DescribeServices";
const standIn = { action: ACTION, says: /not in the script/, answer: { type: "text/plain", body: "there is none" } };

const running: (Documented | Recorder)[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});

/** A recorder before an emulator that answers so, if at all. */
async function recorderBefore(answers: ReturnType<typeof json>[]): Promise<Recorder> {
  const emulator = await startDocumented({ [ACTION]: answers });
  const recorder = await startRecorder(emulator.endpoint, [standIn]);
  running.push(emulator, recorder);
  return recorder;
}

const headers = {
  authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host",
  "x-amz-target": "AmazonEC2ContainerServiceV20141113.DescribeServices",
};

async function ask({ endpoint }: Recorder, rest: Record<string, string> = headers) {
  const answer = await fetch(endpoint, { method: "POST", headers: rest, body: "{}" });
  return { status: answer.status, body: await answer.text() };
}

test("what the emulator answers is passed on, and noted; its stand-in is not needed", async () => {
  const recorder = await recorderBefore([json({ services: [] })]);
  expect(await ask(recorder)).toEqual({ status: 200, body: '{"services":[]}' });
  expect(recorder.actions()).toEqual([ACTION]);
  expect(recorder.answered()).toEqual([ACTION]);
});

test("where the emulator says that it lacks the operation, the stand-in answers", async () => {
  const recorder = await recorderBefore([]);
  expect(await ask(recorder)).toEqual({ status: 200, body: "there is none" });
  expect(recorder.answered()).toEqual([]);
});

test("another error of the emulator is passed on", async () => {
  const recorder = await recorderBefore([{ ...json({ __type: "ServerException" }), status: 500 }]);
  expect((await ask(recorder)).status).toBe(500);
  expect(recorder.answered()).toEqual([ACTION]);
});

test("a request whose action cannot be told is refused", async () => {
  const recorder = await recorderBefore([]);
  expect((await ask(recorder, {})).status).toBe(501);
});
