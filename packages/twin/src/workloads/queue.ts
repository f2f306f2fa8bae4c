import type { QueueSimulation } from "@headroom/decisions/config/simulation";
import * as z from "zod";
import { type Random, randomState } from "../random.ts";
import type { Load } from "./load.ts";
import { createMessages, messagesState } from "./messages.ts";
import { nothingObserved, observation, observeMinute, observeSecond } from "./observation.ts";
import { setDesired, settleUnits, unitsReady, unitsState } from "./units.ts";
import type { Workload } from "./workload.ts";

const MINUTE = 60;

/** One minute of a queue that is over, and how it stood at its end. `at` is its beginning; messages, and seconds of age. */
const queueMinute = z.strictObject({
  at: z.number(),
  sent: z.number(),
  deleted: z.number(),
  visible: z.number(),
  inFlight: z.number(),
  delayed: z.number(),
  oldestAge: z.number(),
  ready: z.number(),
  readySeconds: z.number(),
  /** Share of the workers (0 to 1) that worked in each second in which a unit was ready. */
  utilisation: z.array(z.number()),
});
export type QueueMinute = z.infer<typeof queueMinute>;

const queueState = z.strictObject({
  second: z.number(),
  units: unitsState,
  messages: messagesState,
  random: randomState,
  minute: queueMinute,
  observed: observation,
});

function emptyMinute(at: number): QueueMinute {
  return {
    at,
    sent: 0,
    deleted: 0,
    visible: 0,
    inFlight: 0,
    delayed: 0,
    oldestAge: 0,
    ready: 0,
    readySeconds: 0,
    utilisation: [],
  };
}

/** How a queue stands: messages, and the seconds since its oldest message that is not deleted was sent. */
export type QueueStanding = { visible: number; inFlight: number; delayed: number; oldestAge: number };
/** What was counted since the queue began, in messages. */
export type QueueCounts = { sent: number; received: number; deleted: number };

export type QueueWorkload = Workload & { standing(): QueueStanding; counts(): QueueCounts };

export type QueueOptions = {
  settings: QueueSimulation;
  load: Load;
  random: Random;
  start: number;
  onMinute(minute: QueueMinute): void;
};

/** A queue and the units that work its messages off, simulated message by message in groups, second by second. */
export function createQueue({ settings, load, random, start, onMinute }: QueueOptions): QueueWorkload {
  const messages = createMessages(settings);
  let second = start;
  let units = unitsReady(settings.initial);
  let minute = emptyMinute(Math.floor(start / MINUTE) * MINUTE);
  let observed = nothingObserved(settings.initial);

  const workers = () => units.ready * settings.concurrencyPerUnit;

  function endMinute(): void {
    Object.assign(minute, messages.standing(second), { ready: units.ready });
    observeMinute(observed, minute.oldestAge > settings.maxAge);
    onMinute(minute);
    minute = emptyMinute(second);
  }

  function noteSecond(sent: number, deleted: number, busy: number): void {
    minute.sent += sent;
    minute.deleted += deleted;
    minute.readySeconds += units.ready;
    if (units.ready > 0) minute.utilisation.push(Math.min(1, busy / workers()));
    observeSecond(observed, units);
    observed.arrived += sent;
    observed.served += deleted;
  }

  function live(): void {
    settleUnits(units, second);
    const sent = load.wholeDuring(second, random);
    const { deleted, busy } = messages.live(second, sent, workers());
    noteSecond(sent, deleted, busy);
    second += 1;
    if (second % MINUTE === 0) endMinute();
  }

  return {
    advanceTo(until) {
      while (second < until) live();
      settleUnits(units, second);
    },
    units: () => units,
    setDesired(desired) {
      const before = workers();
      const stopped = setDesired(units, desired, second, settings.startUp);
      if (stopped > 0) messages.abandon(stopped * settings.concurrencyPerUnit, before, second);
    },
    observed: () => structuredClone(observed),
    standing: () => messages.standing(second),
    counts: () => messages.counts(),
    snapshot: () =>
      structuredClone({ second, units, messages: messages.snapshot(), random: random.snapshot(), minute, observed }),
    restore(snapshot) {
      const state = queueState.parse(snapshot);
      ({ second, units, minute, observed } = state);
      messages.restore(state.messages);
      random.restore(state.random);
    },
  };
}
