import type { DeadLetter, ShardMessage } from "@headroom/loops/world";
import * as z from "zod";
import type { VirtualClock } from "./clock.ts";
import type { Ended } from "./invocations.ts";
import type { Meter } from "./meter.ts";
import { createWorkQueue, type WorkQueueOptions } from "./work-queue.ts";

/** A dead letter, and the instant at which it was buried. */
export type Buried = DeadLetter & { at: number };

/** How the queues of the control plane are set up. The visibility timeout is AWS's default. */
const usual = { visibility: 30, maxReceives: 4, duplicates: 0.01 };
const SHARDS = { ...usual, batch: 1, window: 0 };
const ALARMS = { ...usual, batch: 100, window: 5 };

/** The types of the messages, as in `events/`. */
const SHARD_DUE = "headroom.shard.due";
const ALARM_CHANGED = "CloudWatch Alarm State Change";

/** Messages that one SendMessageBatch takes. */
const BATCH = 10;

export type ControlQueueOptions = Partial<Pick<WorkQueueOptions, "visibility" | "maxReceives" | "duplicates">>;

type Wires = {
  clock: VirtualClock;
  seed: number;
  meter: Meter;
  invoke: (run: () => Promise<unknown>) => Promise<Ended<unknown>>;
  options?: ControlQueueOptions | undefined;
};

const buried = z.strictObject({ type: z.string(), body: z.string(), cause: z.string(), at: z.number() });
const queuesState = z.strictObject({ shards: z.unknown(), alarms: z.unknown(), dead: z.array(buried) });

/** The queues of the control plane itself: parts of a large fleet, alarms that are gathered, and what could not be done. */
export function createControlQueues({ clock, seed, meter, invoke, options }: Wires) {
  let dead: Buried[] = [];
  const requests = (messages: number) => meter.count("sqsRequests", Math.ceil(messages / BATCH));

  function queue(name: string, type: string, settings: WorkQueueOptions) {
    const onDead = (body: string, cause: string) => dead.push({ type, body, cause, at: clock.now() });
    return createWorkQueue({ ...settings, ...options, name, seed, clock, meter, invoke, onDead });
  }

  const shards = queue("shards", SHARD_DUE, SHARDS);
  const alarms = queue("alarms", ALARM_CHANGED, ALARMS);

  return {
    shards,
    alarms,
    sendShards(messages: readonly ShardMessage[]): void {
      requests(messages.length);
      const iso = (at: number) => new Date(at * 1000).toISOString();
      shards.send(messages.map(({ shard, at }) => JSON.stringify({ version: 1, shard, at: iso(at) })));
    },
    bury(letters: readonly DeadLetter[]): void {
      requests(letters.length);
      for (const letter of letters) dead.push({ ...letter, at: clock.now() });
    },
    /** Oldest first. */
    deadLetters: (): readonly Buried[] => dead,
    snapshot: () => ({ shards: shards.snapshot(), alarms: alarms.snapshot(), dead: structuredClone(dead) }),
    /** @throws ZodError when it is no snapshot of this */
    restore(snapshot: unknown): void {
      const state = queuesState.parse(snapshot);
      shards.restore(state.shards);
      alarms.restore(state.alarms);
      dead = state.dead;
    },
  };
}

export type ControlQueues = ReturnType<typeof createControlQueues>;
