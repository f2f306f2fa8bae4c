import type { QueueSimulation } from "@headroom/decisions/config/simulation";
import * as z from "zod";
import { type Random, randomState } from "../random.ts";
import { booting } from "./boot.ts";
import type { Load } from "./load.ts";
import { createMessages, messagesState } from "./messages.ts";
import { nothingObserved, observation, observeMinute, observeSecond } from "./observation.ts";
import { FEWEST_POLLERS, pollersAtFirst, rampPollers, setConcurrency } from "./pollers.ts";
import { emptyMinute, type QueueMinute, queueMinute } from "./queue-minute.ts";
import { createStarts } from "./starts.ts";
import { deploy, retire, setDesired, settleUnits, unitsReady, unitsState } from "./units.ts";
import type { Workload } from "./workload.ts";

const MINUTE = 60;

const queueState = z.strictObject({
  second: z.number(),
  units: unitsState,
  messages: messagesState,
  random: randomState,
  minute: queueMinute,
  observed: observation,
  starts: z.unknown(),
  /** Seconds for which there has been nothing to do. */
  idle: z.number(),
});

/** How a queue stands: messages, and the seconds since its oldest message that is not deleted was sent. */
export type QueueStanding = { visible: number; inFlight: number; delayed: number; oldestAge: number };
/** What was counted since the queue began, in messages. */
export type QueueCounts = { sent: number; received: number; deleted: number; dead: number };

export type QueueWorkload = Workload & { standing(): QueueStanding; counts(): QueueCounts };

export type QueueOptions = {
  settings: QueueSimulation;
  load: Load;
  random: Random;
  start: number;
  /** Whether Lambda polls the queue: its units are what its pollers make of the mapping's maximum concurrency. */
  polled?: boolean;
  onMinute(minute: QueueMinute): void;
};

/** A queue and the units that work its messages off, simulated message by message in groups, second by second. */
export function createQueue(options: QueueOptions): QueueWorkload {
  const { settings, load, random, start, polled = false, onMinute } = options;
  const messages = createMessages(settings);
  const starts = createStarts(settings);
  const { concurrencyPerUnit, bootUtilisation, protect = false, poison = 0 } = settings;
  let second = start;
  let units = unitsReady(polled ? Math.max(FEWEST_POLLERS, settings.initial) : settings.initial);
  if (polled) pollersAtFirst(units);
  let minute = emptyMinute(Math.floor(start / MINUTE) * MINUTE);
  let observed = nothingObserved(units.ready);
  let idle = 0;

  const busyUnits = () => Math.min(units.ready, Math.ceil(messages.busy() / concurrencyPerUnit));

  /** Workers that take messages: units that protect themselves while they are too many take none, so that they can go. */
  const workers = () => (protect ? Math.min(units.ready, units.desired + units.old) : units.ready) * concurrencyPerUnit;

  /** Ends units, and what those of them that were busy had in hand comes back. */
  function abandon(stopped: number, before: number): void {
    if (stopped > 0 && !protect) messages.abandon(stopped * concurrencyPerUnit, before * concurrencyPerUnit, second);
  }

  function settle(): void {
    if (polled) return;
    settleUnits(units, second, starts.begin);
    // Protected units outlive a scale-in until they are idle.
    if (protect && units.ready > units.desired && !units.deploying) {
      setDesired(units, units.desired, second, starts.begin, units.ready - busyUnits());
    }
  }

  function endMinute(): void {
    Object.assign(minute, messages.standing(second), {
      ready: units.ready,
      reportedAge: messages.reportedAge(second),
      bootUtilisation: bootUtilisation ?? minute.bootUtilisation,
    });
    observeMinute(observed, minute.oldestAge > settings.maxAge);
    onMinute(minute);
    minute = emptyMinute(second);
  }

  function noteSecond(sent: number, deleted: number, busy: number): void {
    minute.sent += sent;
    minute.deleted += deleted;
    minute.readySeconds += units.ready;
    minute.bootSeconds += booting(units, bootUtilisation);
    if (units.ready > 0) minute.utilisation.push(Math.min(1, busy / (units.ready * concurrencyPerUnit)));
    observeSecond(observed, units);
    observed.arrived += sent;
    observed.served += deleted;
  }

  function poisonous(sent: number): number {
    let found = 0;
    if (poison > 0) for (let message = 0; message < sent; message += 1) found += Number(random.chance(poison));
    return found;
  }

  function live(): void {
    settle();
    const sent = load.wholeDuring(second, random);
    const { deleted, busy } = messages.live(second, sent, workers(), poisonous(sent));
    noteSecond(sent, deleted, busy);
    idle = busy === 0 && messages.waiting() === 0 ? idle + 1 : 0;
    if (polled) rampPollers(units, messages.waiting(), idle);
    second += 1;
    if (second % MINUTE === 0) endMinute();
  }

  return {
    advanceTo(until) {
      while (second < until) live();
      settle();
    },
    units: () => units,
    protected: () => (protect ? busyUnits() : undefined),
    setDesired(desired) {
      if (polled) return setConcurrency(units, desired);
      const before = units.ready;
      const idleUnits = protect ? units.ready - busyUnits() : undefined;
      abandon(setDesired(units, desired, second, starts.begin, idleUnits), before);
    },
    deploy: () => deploy(units, second, starts.begin),
    retire() {
      const before = units.ready;
      abandon(retire(units), before);
    },
    trouble: starts.trouble,
    observed: () => structuredClone(observed),
    standing: () => messages.standing(second),
    counts: () => messages.counts(),
    snapshot: () => {
      const parts = { messages: messages.snapshot(), random: random.snapshot(), starts: starts.snapshot() };
      return structuredClone({ second, units, ...parts, minute, observed, idle });
    },
    restore(snapshot) {
      const state = queueState.parse(snapshot);
      ({ second, units, minute, observed, idle } = state);
      messages.restore(state.messages);
      random.restore(state.random);
      starts.restore(state.starts);
    },
  };
}
