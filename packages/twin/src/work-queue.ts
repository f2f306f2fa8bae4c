import * as z from "zod";
import type { VirtualClock } from "./clock.ts";
import type { Ended } from "./invocations.ts";
import type { Meter } from "./meter.ts";
import { stream } from "./random.ts";

/** An SQS record as a Lambda gets it; AWS's has more. */
export type SqsRecord = { messageId: string; body: string; attributes: { ApproximateReceiveCount: string } };
export type SqsEvent = { Records: SqsRecord[] };
/** Works a batch off. What it gives back may name the messages that are to come again (partial batch response). */
export type BatchHandler = (event: SqsEvent) => Promise<unknown>;

export type WorkQueueOptions = {
  /** Messages that one invocation gets at most, and seconds that are waited for more of them. */
  batch: number;
  window: number;
  /** Seconds after a receive in which a message is not given to anybody else. */
  visibility: number;
  /** A message that was received so often without success becomes a dead letter. */
  maxReceives: number;
  /** Share of the messages that are delivered once more although they were worked off. */
  duplicates: number;
};

type Wires = WorkQueueOptions & {
  name: string;
  seed: number;
  clock: VirtualClock;
  meter: Meter;
  invoke: (run: () => Promise<unknown>) => Promise<Ended<unknown>>;
  /** Told of each message that becomes a dead letter. */
  onDead(body: string, cause: string): void;
};

const message = z.strictObject({ id: z.string(), body: z.string(), visible: z.number(), receives: z.int() });
type Message = z.infer<typeof message>;
const queueState = z.strictObject({ sent: z.int(), messages: z.array(message) });

const failures = z.looseObject({ batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string() })) });

/** Messages of one SendMessageBatch or DeleteMessageBatch. */
const REQUEST_BATCH = 10;

function causeOf(ended: Ended<unknown>): string {
  if (ended.is === "crashed") return "the invocation died";
  if (ended.is === "threw")
    return ended.error instanceof Error ? `${ended.error.name}: ${ended.error.message}` : String(ended.error);
  return "the handler named it as failed";
}

/** Ids of the messages of a batch that come again. */
function failedOf(ended: Ended<unknown>, batch: readonly Message[]): Set<string> {
  if (ended.is !== "done") return new Set(batch.map(({ id }) => id));
  const named = failures.safeParse(ended.value);
  return new Set(named.success ? named.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : []);
}

/** A standard SQS queue with a Lambda on it: every message is delivered at least once, in no certain order. */
export function createWorkQueue(wires: Wires) {
  const { name, seed, clock, meter, invoke, onDead, batch, window, visibility, maxReceives, duplicates } = wires;
  let state: z.infer<typeof queueState> = { sent: 0, messages: [] };
  let handler: BatchHandler | undefined;
  const causes = new Map<string, string>();
  const requests = (messages: number) => meter.count("sqsRequests", Math.ceil(messages / REQUEST_BATCH));

  /** Buries, in place of receiving it once more, what was received too often. */
  function receive(): Message[] {
    const there = state.messages.filter(({ visible }) => visible <= clock.now());
    const over = there.filter(({ receives }) => receives >= maxReceives);
    for (const { id, body, receives } of over)
      onDead(body, `received ${receives} times: ${causes.get(id) ?? "unknown"}`);
    state.messages = state.messages.filter((each) => !over.includes(each));
    const received = there.filter((each) => !over.includes(each)).slice(0, batch);
    for (const each of received) {
      each.receives += 1;
      each.visible = clock.now() + visibility;
    }
    return received;
  }

  function isDelivered(batched: Message, failed: ReadonlySet<string>): boolean {
    if (failed.has(batched.id)) return false;
    return !stream(seed, `${name} duplicate ${batched.id} ${batched.receives}`).chance(duplicates);
  }

  function end(received: readonly Message[], ended: Ended<unknown>): void {
    const failed = failedOf(ended, received);
    for (const { id } of received) if (failed.has(id)) causes.set(id, causeOf(ended));
    const gone = received.filter((each) => isDelivered(each, failed));
    if (gone.length > 0) requests(gone.length);
    state.messages = state.messages.filter((each) => !gone.includes(each));
    if (gone.length < received.length) clock.at(clock.now() + visibility, poll);
  }

  async function poll(): Promise<void> {
    if (handler === undefined) return;
    const work = handler;
    for (let received = receive(); received.length > 0; received = receive()) {
      requests(received.length);
      const Records = received.map(({ id, body, receives }) => ({
        messageId: id,
        body,
        attributes: { ApproximateReceiveCount: String(receives) },
      }));
      end(received, await invoke(() => work({ Records })));
    }
  }

  return {
    send(bodies: readonly string[]): void {
      if (bodies.length === 0) return;
      for (const body of bodies) {
        state.sent += 1;
        state.messages.push({ id: `${name}-${state.sent}`, body, visible: clock.now(), receives: 0 });
      }
      clock.at(clock.now() + window, poll);
    },
    /** Who works messages off from now on; without anybody they wait. */
    connect(next: BatchHandler | undefined): void {
      handler = next;
      for (const { visible } of state.messages) clock.at(Math.max(visible, clock.now()), poll);
    },
    snapshot: () => structuredClone(state),
    /** @throws ZodError when it is no snapshot of this */
    restore(snapshot: unknown): void {
      state = queueState.parse(snapshot);
    },
  };
}

export type WorkQueue = ReturnType<typeof createWorkQueue>;
