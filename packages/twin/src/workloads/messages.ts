import * as z from "zod";
import {
  type Hidden,
  hidden,
  insert,
  isSameKind,
  receivedInVain,
  type SameAge,
  sameAge,
  takeDue,
  takeOldest,
  total,
} from "./groups.ts";

const count = z.int().nonnegative();
const positive = z.int().positive();
/** Workers that began together and will be done together, and what they took. */
const shift = z.strictObject({
  began: z.number(),
  done: z.number(),
  workers: positive,
  count: positive,
  messages: z.array(sameAge),
});
type Shift = z.infer<typeof shift>;

export const messagesState = z.strictObject({
  /** Sent, but not visible yet; by the instant at which they will be. */
  delayed: z.array(hidden),
  /** Oldest first. */
  visible: z.array(sameAge),
  /** By the instant at which they will be done. */
  working: z.array(shift),
  /** Received in vain, by workers that were stopped or failed: in flight until their visibility timeout ends. */
  abandoned: z.array(hidden),
  counts: z.strictObject({ sent: count, received: count, deleted: count, dead: count }),
});
export type MessagesState = z.infer<typeof messagesState>;

/** An irrational turn (the golden ratio's): multiples of it spread evenly over a second without ever repeating. */
const TURN = 0.618_033_988_75;

/** Spreads the messages of a second over it, so that what is in flight at its end is what Little's law expects. */
function spread(count: number, second: number): { at: number; count: number }[] {
  const groups = count < 8 ? Math.min(1, count) : 4;
  const offset = (second * TURN) % 1;
  return Array.from({ length: groups }, (_, group) => ({
    at: second + (group + offset) / groups,
    count: Math.floor((count * (group + 1)) / groups) - Math.floor((count * group) / groups),
  }));
}

/** SQS leaves messages out of the age of the oldest once they were received so often (SQS developer guide, metrics). */
const UNCOUNTED_RECEIVES = 3;

/**
 * Message groups that are expected to have one of `outstanding` messages, of `groups` that are equally likely: the mean
 * of the occupancy problem (Feller, An Introduction to Probability Theory, volume 1, IV.2).
 */
export function activeGroups(groups: number, outstanding: number): number {
  if (outstanding === 0) return 0;
  return Math.max(1, Math.round(groups * (1 - (1 - 1 / groups) ** outstanding)));
}

export type MessageSettings = {
  secondsPerMessage: number;
  delay: number;
  /** Messages that a worker receives at a time. */
  batch?: number | undefined;
  fifo?: { groups: number } | undefined;
  maxReceives?: number | undefined;
};

/**
 * The messages of one queue and the workers on them. Nothing is ever lost: sent = delayed + visible + in flight +
 * deleted + dead, at every instant.
 */
export function createMessages({ secondsPerMessage, delay, batch = 1, fifo, maxReceives }: MessageSettings) {
  // Where a batch takes less than a second, a worker is given a second's worth at a time.
  const bundle = batch * Math.max(1, Math.ceil(1 / (batch * secondsPerMessage)));
  // SQS's default is 30 s; AWS advises a multiple of the time that what is received takes.
  const visibilityTimeout = Math.max(30, 2 * batch * secondsPerMessage);
  let state: MessagesState = {
    delayed: [],
    visible: [],
    working: [],
    abandoned: [],
    counts: { sent: 0, received: 0, deleted: 0, dead: 0 },
  };
  // Sums over `state`, kept because a second asks for them several times: visible messages, and workers at work.
  let waiting = 0;
  let busy = 0;

  function show(messages: SameAge): void {
    waiting += messages.count;
    const last = state.visible.findLast((group) => group.sent <= messages.sent);
    if (last !== undefined && isSameKind(last, messages)) last.count += messages.count;
    else insert(state.visible, messages, (group) => group.sent);
  }

  /** Messages that can be received again: visible, or dead when they were received too often. */
  function comeBack({ at: _, ...group }: Hidden): void {
    if (maxReceives !== undefined && (group.tries ?? 0) >= maxReceives) state.counts.dead += group.count;
    else show(group);
  }

  function hide(groups: readonly SameAge[], at: number): void {
    for (const group of groups) insert(state.abandoned, { ...receivedInVain(group), at }, (other) => other.at);
  }

  /** Workers that can be at work at a time: of a FIFO queue no more than there are groups that nobody works on or hides. */
  function useful(workers: number): number {
    if (fifo === undefined) return workers;
    const hidden = total(state.abandoned);
    const active = activeGroups(fifo.groups, waiting + total(state.working) + hidden);
    return Math.min(workers, Math.max(0, active - activeGroups(fifo.groups, hidden)));
  }

  /** Those of `there` workers who are idle take what waits. */
  function begin(instant: number, there: number): void {
    const free = Math.max(0, useful(there) - busy);
    const taken = Math.min(waiting, free * bundle);
    if (taken === 0) return;
    const workers = Math.min(free, taken);
    const done = instant + Math.ceil(taken / workers) * secondsPerMessage;
    const messages = takeOldest(state.visible, taken);
    insert(state.working, { began: instant, done, workers, count: taken, messages }, (other) => other.done);
    waiting -= taken;
    busy += workers;
    state.counts.received += taken;
  }

  /** Ends what is done at `instant`; whoever is done begins anew at once. */
  function finish(instant: number, workers: number): number {
    let deleted = 0;
    for (let next = state.working[0]; next !== undefined && next.done <= instant; next = state.working[0]) {
      state.working.shift();
      busy -= next.workers;
      const failed = next.messages.filter(({ poison }) => poison);
      if (failed.length > 0) hide(failed, Math.max(next.done, next.began + visibilityTimeout));
      deleted += next.count - total(failed);
      begin(next.done, workers);
    }
    return deleted;
  }

  function sendKind(group: SameAge, at: number): void {
    if (group.count === 0) return;
    state.counts.sent += group.count;
    if (delay === 0) show(group);
    else insert(state.delayed, { ...group, at: at + delay }, (other) => other.at);
  }

  function send(count: number, poison: number, at: number, second: number): void {
    sendKind({ sent: second, count: count - poison }, at);
    sendKind({ sent: second, count: poison, poison: true }, at);
  }

  /** Stops `lost` of the workers of a shift. What each had in hand is hidden for a while, the rest of its bundle not. */
  function stop(shift: Shift, lost: number, second: number): void {
    const share = Math.round((shift.count * lost) / shift.workers);
    const dropped = Math.min(Math.max(share, lost), shift.count - (shift.workers - lost));
    const messages = takeOldest(shift.messages, dropped);
    const at = Math.max(second, shift.began + visibilityTimeout);
    hide(takeOldest(messages, Math.min(dropped, lost * batch)), at);
    for (const rest of messages) show(rest);
    shift.workers -= lost;
    shift.count -= dropped;
    busy -= lost;
  }

  return {
    /**
     * Lives through one second, in which `sent` messages arrive, `poison` of them such that never succeed, and so many
     * workers work.
     * @returns how many messages were deleted in it, and how many workers were busy
     */
    live(second: number, sent: number, workers: number, poison = 0): { deleted: number; busy: number } {
      for (const due of takeDue(state.delayed, second)) comeBack(due);
      for (const due of takeDue(state.abandoned, second)) comeBack(due);
      let bad = poison;
      begin(second, workers);
      let deleted = 0;
      for (const arrival of spread(sent, second)) {
        deleted += finish(arrival.at, workers);
        const part = Math.min(bad, arrival.count);
        bad -= part;
        send(arrival.count, part, arrival.at, second);
        begin(arrival.at, workers);
      }
      deleted += finish(second + 1, workers);
      state.counts.deleted += deleted;
      return { deleted, busy: secondsPerMessage < 1 ? Math.min(workers, deleted * secondsPerMessage) : busy };
    },
    /** Stops `stopped` of `before` workers at `second`, without regard to whether they work, as a scale-in does. */
    abandon(stopped: number, before: number, second: number): void {
      let lost = Math.round((stopped * busy) / before);
      for (const shift of state.working.toReversed()) {
        const part = Math.min(lost, shift.workers);
        if (part > 0) stop(shift, part, second);
        lost -= part;
      }
      state.working = state.working.filter(({ workers }) => workers > 0);
    },
    /** Messages by what they are at, and the age of the oldest that is not deleted. */
    standing(second: number) {
      const oldest = [state.visible[0], ...state.working.map(({ messages }) => messages[0]), state.delayed[0]];
      const sent = [...oldest, ...state.abandoned].map((group) => group?.sent ?? second);
      const received = total(state.working);
      const inHand = Math.min(received, busy * batch);
      return {
        visible: waiting + received - inHand,
        inFlight: inHand + total(state.abandoned),
        delayed: total(state.delayed),
        oldestAge: second - Math.min(second, ...sent),
      };
    },
    /** The age that SQS reports: of the oldest message that was not received three times already. */
    reportedAge(second: number): number {
      const known = [...state.visible, ...state.delayed, ...state.abandoned];
      const counted = known.filter(({ tries = 0 }) => tries < UNCOUNTED_RECEIVES);
      const inHand = state.working.flatMap(({ messages }) => messages);
      const fresh = inHand.filter(({ tries = 0 }) => tries + 1 < UNCOUNTED_RECEIVES);
      return [...counted, ...fresh].reduce((age, { sent }) => Math.max(age, second - sent), 0);
    },
    /** Workers that work, and messages that wait for one. */
    busy: () => busy,
    waiting: () => waiting,
    counts: () => ({ ...state.counts }),
    snapshot: () => structuredClone(state),
    restore(snapshot: MessagesState): void {
      state = snapshot;
      waiting = total(state.visible);
      busy = state.working.reduce((sum, { workers }) => sum + workers, 0);
    },
  };
}
