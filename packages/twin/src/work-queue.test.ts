import { expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { createInvocations } from "./invocations.ts";
import { createMeter } from "./meter.ts";
import { createWorkQueue, type SqsEvent, type WorkQueueOptions } from "./work-queue.ts";

const plain = { batch: 10, window: 5, visibility: 30, maxReceives: 4, duplicates: 0 };

function queue(changes: Partial<WorkQueueOptions> = {}) {
  const clock = createClock(1000);
  const meter = createMeter();
  const { invoke, die } = createInvocations();
  const dead: string[] = [];
  const seen: string[] = [];
  const note = ({ Records }: SqsEvent) =>
    seen.push(
      ...Records.map(({ body, attributes }) => `${clock.now() - 1000} ${body} ${attributes.ApproximateReceiveCount}`),
    );
  const onDead = (body: string, cause: string) => dead.push(`${clock.now() - 1000} ${body} ${cause}`);
  const made = createWorkQueue({ ...plain, ...changes, name: "q", seed: 1, clock, meter, invoke, onDead });
  return { clock, meter, die, dead, seen, note, ...made };
}

test("messages are gathered for the window and worked off once", async () => {
  const { send, connect, clock, seen, note, meter } = queue();
  connect(async (event) => note(event));
  send(["a", "b"]);
  await clock.advanceTo(1003);
  send(["c"]);
  await clock.advanceTo(2000);
  expect(seen).toEqual(["5 a 1", "5 b 1", "5 c 1"]);
  expect(meter.used().sqsRequests).toBe(2);
});

test("a batch that throws comes again after its visibility timeout, and is dead after four receives", async () => {
  const { send, connect, clock, seen, note, dead } = queue({ window: 0 });
  connect(async (event) => {
    note(event);
    throw new Error("no");
  });
  send(["a"]);
  await clock.advanceTo(2000);
  expect(seen).toEqual(["0 a 1", "30 a 2", "60 a 3", "90 a 4"]);
  expect(dead).toEqual(["120 a received 4 times: Error: no"]);
});

test("so does one whose invocation dies, and a part of a batch that its handler names", async () => {
  const { send, connect, clock, seen, note, die } = queue({ window: 0 });
  const ends = [
    () => die(),
    async () => ({ batchItemFailures: [{ itemIdentifier: "q-2" }] }),
    async () => ({ batchItemFailures: [] }),
  ];
  connect((event) => {
    note(event);
    return ends.shift()?.() ?? Promise.resolve();
  });
  send(["a", "b"]);
  await clock.advanceTo(2000);
  expect(seen).toEqual(["0 a 1", "0 b 1", "30 a 2", "30 b 2", "60 b 3"]);
});

test("a message may be delivered once more although it was worked off", async () => {
  const { send, connect, clock, seen, note } = queue({ window: 0, duplicates: 0.5 });
  connect(async (event) => note(event));
  for (let message = 0; message < 40; message += 1) send([`m${message}`]);
  await clock.advanceTo(5000);
  expect(new Set(seen.map((each) => each.split(" ")[1])).size).toBe(40);
  expect(seen.length).toBeGreaterThan(50);
});

test("without anybody messages wait, also across a snapshot", async () => {
  const first = queue();
  first.send(["a"]);
  await first.clock.advanceTo(1100);
  const second = queue();
  second.clock.pass(100);
  second.restore(JSON.parse(JSON.stringify(first.snapshot())));
  second.connect(async (event) => second.note(event));
  await second.clock.advanceTo(1200);
  expect(second.seen).toEqual(["100 a 1"]);
});
