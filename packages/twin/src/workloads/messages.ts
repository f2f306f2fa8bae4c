import * as z from "zod";

const count = z.int().nonnegative();
const positive = z.int().positive();
/** Messages that were sent in the same second. */
const sameAge = z.strictObject({ sent: z.number(), count: positive });
type SameAge = z.infer<typeof sameAge>;
/** Messages that nobody can receive before `at`. */
const hidden = z.strictObject({ at: z.number(), sent: z.number(), count: positive });
type Hidden = z.infer<typeof hidden>;
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
  /** Received by workers that were stopped: in flight until their visibility timeout ends. */
  abandoned: z.array(hidden),
  counts: z.strictObject({ sent: count, received: count, deleted: count }),
});
export type MessagesState = z.infer<typeof messagesState>;

function total(groups: readonly { count: number }[]): number {
  let sum = 0;
  for (const group of groups) sum += group.count;
  return sum;
}

/** Puts `item` behind everything whose `key` is not greater: at the end, nearly always. */
function insert<Item>(items: Item[], item: Item, key: (item: Item) => number): void {
  const wanted = key(item);
  items.splice(items.findLastIndex((other) => key(other) <= wanted) + 1, 0, item);
}

/** Takes `wanted` messages off the front of `groups`, which holds at least as many. */
function takeOldest(groups: SameAge[], wanted: number): SameAge[] {
  const taken: SameAge[] = [];
  let left = wanted;
  for (let oldest = groups[0]; oldest !== undefined && left > 0; oldest = groups[0]) {
    const part = Math.min(oldest.count, left);
    taken.push({ sent: oldest.sent, count: part });
    left -= part;
    if (part === oldest.count) groups.shift();
    else oldest.count -= part;
  }
  return taken;
}

/** Takes out of `items` what is due at `instant`. */
function takeDue(items: Hidden[], instant: number): Hidden[] {
  const due: Hidden[] = [];
  for (let next = items[0]; next !== undefined && next.at <= instant; next = items[0]) {
    due.push(next);
    items.shift();
  }
  return due;
}

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

type Timing = { secondsPerMessage: number; delay: number };

/**
 * The messages of one queue and the workers on them. Nothing is ever lost: sent = delayed + visible + in flight +
 * deleted, at every instant.
 */
export function createMessages({ secondsPerMessage, delay }: Timing) {
  // Where a message takes less than a second, a worker is given a second's worth at a time.
  const bundle = Math.max(1, Math.ceil(1 / secondsPerMessage));
  // SQS's default is 30 s; AWS advises a multiple of the time a message takes.
  const visibilityTimeout = Math.max(30, 2 * secondsPerMessage);
  let state: MessagesState = {
    delayed: [],
    visible: [],
    working: [],
    abandoned: [],
    counts: { sent: 0, received: 0, deleted: 0 },
  };
  // Sums over `state`, kept because a second asks for them several times: visible messages, and workers at work.
  let waiting = 0;
  let busy = 0;

  function show(messages: SameAge): void {
    waiting += messages.count;
    const last = state.visible.findLast((group) => group.sent <= messages.sent);
    if (last?.sent === messages.sent) last.count += messages.count;
    else insert(state.visible, messages, (group) => group.sent);
  }

  function begin(instant: number, free: number): void {
    const taken = Math.min(waiting, Math.max(0, free) * bundle);
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
      deleted += next.count;
      begin(next.done, workers - busy);
    }
    return deleted;
  }

  function send(count: number, at: number, second: number): void {
    state.counts.sent += count;
    if (delay === 0) show({ sent: second, count });
    else insert(state.delayed, { at: at + delay, sent: second, count }, (other) => other.at);
  }

  /** Stops `lost` of the workers of a shift. What each had in hand is hidden for a while, the rest of its bundle not. */
  function stop(shift: Shift, lost: number, second: number): void {
    const share = Math.round((shift.count * lost) / shift.workers);
    const dropped = Math.min(Math.max(share, lost), shift.count - (shift.workers - lost));
    const messages = takeOldest(shift.messages, dropped);
    const at = Math.max(second, shift.began + visibilityTimeout);
    for (const { sent, count } of takeOldest(messages, lost)) {
      insert(state.abandoned, { at, sent, count }, (other) => other.at);
    }
    for (const rest of messages) show(rest);
    shift.workers -= lost;
    shift.count -= dropped;
    busy -= lost;
  }

  return {
    /**
     * Lives through one second, in which `sent` messages arrive and so many workers work.
     * @returns how many messages were deleted in it, and how many workers were busy
     */
    live(second: number, sent: number, workers: number): { deleted: number; busy: number } {
      for (const due of takeDue(state.delayed, second)) show({ sent: due.sent, count: due.count });
      for (const due of takeDue(state.abandoned, second)) show({ sent: due.sent, count: due.count });
      begin(second, workers - busy);
      let deleted = 0;
      for (const arrival of spread(sent, second)) {
        deleted += finish(arrival.at, workers);
        send(arrival.count, arrival.at, second);
        begin(arrival.at, workers - busy);
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
      return {
        visible: waiting + total(state.working) - busy,
        inFlight: busy + total(state.abandoned),
        delayed: total(state.delayed),
        oldestAge: second - Math.min(second, ...sent),
      };
    },
    counts: () => ({ ...state.counts }),
    snapshot: () => structuredClone(state),
    restore(snapshot: MessagesState): void {
      state = snapshot;
      waiting = total(state.visible);
      busy = state.working.reduce((sum, { workers }) => sum + workers, 0);
    },
  };
}
