import type { Ended } from "@headroom/twin/invocations";
import type { Random } from "@headroom/twin/random";
import { alarmFunction } from "#functions/alarm";
import { MOST_RECEIVES } from "#functions/batch";
import { shardFunction } from "#functions/shard";
import { tickFunction } from "#functions/tick";
import { batchOf, context, keptLog } from "../builders/lambda.ts";
import type { ChaosAccount } from "./account.ts";
import { chaosFleet } from "./fleet.ts";

/** An event on its way: it is worked off, or ends as a dead letter with its cause. */
export type Event = {
  kind: "tick" | "shard" | "alarm";
  /** The instant that it is for. */
  at: number;
  body: string;
  receives: number;
  fate: "underway" | "worked off" | "dead letter" | "died every time";
};

const VISIBILITY_SECONDS = 25;
const TICK_RETRY_SECONDS = 20;
/** Lambda's own maximum age of an event that a schedule sent. */
const TICK_AGE_SECONDS = 60;
/** What is due within so many seconds is delivered at once, to Lambdas that run side by side. */
const TOGETHER_SECONDS = 1.5;

/** Nothing in a run waits for real time: this only ends, between runs, what the dead left behind. */
const SHORT_MILLISECONDS = 600;

/** Turns of the event loop that a whole pass takes, about. */
const MOST_TURNS = 400;

/** The queues and schedules that invoke the functions: at least once, late, in disorder, again when they fail. */
export function createDeliveries(chaos: ChaosAccount, random: Random) {
  const { world, clock, invocations, sent } = chaos;
  const { log } = keptLog();
  const functions = {
    tick: tickFunction(world, chaosFleet, log),
    shard: shardFunction(world, chaosFleet, log),
    alarm: alarmFunction(world, chaosFleet, log),
  };
  const events: Event[] = [];
  const counts = { invocations: 0, crashed: 0, threw: 0 };
  let due: { at: number; run: () => Promise<void> }[] = [];

  function later(at: number, run: () => Promise<void>): void {
    due.push({ at, run });
    clock.at(at, pump);
  }

  async function pump(): Promise<void> {
    const until = clock.now() + TOGETHER_SECONDS;
    const now = due.filter(({ at }) => at <= until);
    due = due.filter(({ at }) => at > until);
    await Promise.all(now.map(({ run }) => staggered(run)));
  }

  /** Lambdas that run side by side are at different calls. */
  async function staggered(run: () => Promise<void>): Promise<void> {
    const turns = random.chance(0.5) ? 0 : Math.floor(random.uniform(0, MOST_TURNS));
    for (let turn = 0; turn < turns; turn += 1) await undefined;
    await run();
  }

  async function invoke<T>(run: () => Promise<T>): Promise<Ended<T>> {
    counts.invocations += 1;
    const ended = await invocations.invoke(run);
    if (ended.is === "crashed") counts.crashed += 1;
    if (ended.is === "threw") counts.threw += 1;
    return ended;
  }

  /** Whether what was acknowledged was done, or a newer tick had done it. */
  async function checkShard({ at, body }: Event): Promise<void> {
    const { shard } = JSON.parse(body);
    const memory = await chaos.raw.shards.load(shard);
    if ((memory?.at ?? 0) < at && clock.now() - at <= 90)
      chaos.ledger.violate(`${shard} ${at} was acknowledged and not done`);
  }

  async function receive(batch: readonly Event[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    const kind = first.kind === "alarm" ? "alarm" : "shard";
    for (const event of batch) event.receives += 1;
    const { Records } = batchOf(batch.map(({ body }) => body));
    const received = Records.map((record, index) => ({
      ...record,
      attributes: { ApproximateReceiveCount: String(batch[index]?.receives) },
    }));
    const before = chaos.buried.length;
    const ended = await invoke(() => functions[kind]({ Records: received }, context(SHORT_MILLISECONDS)));
    const failed = new Set(
      ended.is === "done"
        ? ended.value?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
        : Records.map(({ messageId }) => messageId),
    );
    const letters = chaos.buried.slice(before);
    for (const [index, event] of batch.entries()) {
      if (failed.has(`m${index}`)) again(event);
      else if (letters.some(({ body, cause }) => body === event.body && cause !== "")) event.fate = "dead letter";
      else {
        event.fate = "worked off";
        if (kind === "shard") await checkShard(event);
      }
    }
  }

  function again(event: Event): void {
    // Our functions bury what failed; only what a dying Lambda never got to reaches the queue's own limit.
    if (event.receives > MOST_RECEIVES) event.fate = "died every time";
    else later(clock.now() + VISIBILITY_SECONDS, () => receive([event]));
  }

  function enqueue(kind: Event["kind"], at: number, message: unknown, when: number): Event {
    const event: Event = { kind, at, body: JSON.stringify(message), receives: 0, fate: "underway" };
    events.push(event);
    later(when, () => receive([event]));
    // Queues deliver at least once.
    if (random.chance(0.05)) later(when + random.uniform(0, 40), () => receive([{ ...event, receives: 0 }]));
    return event;
  }

  function takeShards(): void {
    for (const { shard, at } of sent.splice(0)) {
      const late = random.chance(0.05) ? random.uniform(5, 70) : random.uniform(0.05, 0.6);
      enqueue("shard", at, { shard, at: new Date(at * 1000).toISOString() }, clock.now() + late);
    }
  }

  async function tick(event: Event): Promise<void> {
    if (event.fate !== "underway") return;
    const ended = await invoke(() =>
      functions.tick({ at: new Date(event.at * 1000).toISOString() }, context(SHORT_MILLISECONDS)),
    );
    takeShards();
    if (ended.is === "done") event.fate = "worked off";
    else if (clock.now() - event.at < TICK_AGE_SECONDS) later(clock.now() + TICK_RETRY_SECONDS, () => tick(event));
    else event.fate = "dead letter"; // Lambda's on-failure destination has the error with it
  }

  return {
    events,
    counts,
    /** The tick of a minute, `late` seconds after it was due; twice when `again` says how much later. */
    schedule(at: number, late: number, again: number | undefined): void {
      const event: Event = { kind: "tick", at, body: "", receives: 0, fate: "underway" };
      events.push(event);
      later(at + late, () => tick(event));
      if (again !== undefined) later(at + late + again, () => tick({ ...event, fate: "underway" }));
    },
    /** Alarms that the queue gathered. */
    alarm(at: number, messages: readonly unknown[]): void {
      const batch = messages.map(
        (message): Event => ({ kind: "alarm", at, body: JSON.stringify(message), receives: 0, fate: "underway" }),
      );
      events.push(...batch);
      later(at, () => receive(batch));
    },
    later,
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
