import { InvalidEvent } from "@headroom/decisions/errors";
import type { Alarms } from "./alarms.ts";
import type { VirtualClock } from "./clock.ts";
import type { ControlQueues } from "./control-queues.ts";
import { createForecastDeliveries, type ForecastDue, type ForecastHandler } from "./forecast-deliveries.ts";
import type { Ended } from "./invocations.ts";
import type { Meter } from "./meter.ts";
import { stream } from "./random.ts";
import type { BatchHandler } from "./work-queue.ts";

const MINUTE = 60;

/** The type of the event, as in `events/`. */
const TICK_DUE = "headroom.tick.due";

/** The event that wakes the control plane. `at` is the instant it was scheduled for, ISO 8601, UTC. */
export type TickDue = { at: string };

export type DeliveryOptions = {
  /** Share of the events that come twice: half of them at the same time, half up to `later` seconds later. */
  duplicates: number;
  later: number;
  /** Seconds after the scheduled instant at which an event comes: between the first and the second. */
  late: readonly [number, number];
  /** Share of the events that come far later than that, and up to how many seconds: others overtake them. */
  stragglers: number;
  straggle: number;
};

const likeScheduler: DeliveryOptions = { duplicates: 0.01, later: 40, late: [0.2, 6], stragglers: 0, straggle: 180 };

/** How a run of deliveries went. */
export type Delivered = {
  /** Deliveries, second ones included. */
  delivered: number;
  duplicated: number;
  /** Events that the handler refused: they themselves were wrong. */
  rejected: number;
  /** Deliveries whose handler failed otherwise, and whose handler died. */
  failed: number;
  crashed: number;
  /** The first few of those that were refused or failed. */
  errors: unknown[];
};

export type Run = {
  /** Seconds of virtual time. */
  for: number;
  handler: (event: TickDue) => Promise<unknown>;
  /** Works off alarms that changed their state, and shards of a large fleet; without them those messages wait. */
  alarmHandler?: BatchHandler | undefined;
  shardHandler?: BatchHandler | undefined;
  /** Makes forecasts, every quarter of an hour and when one was demoted; without it nobody does. */
  forecastHandler?: ForecastHandler | undefined;
  /** Told of each delivery that has ended. */
  onTick?: (event: TickDue, ended: Ended<unknown>) => void | Promise<void>;
};

const ERRORS_KEPT = 10;

type Connected = Pick<ControlQueues["alarms"], "connect">;

type Wires = {
  clock: VirtualClock;
  seed: number;
  meter: Meter;
  invoke: (run: () => Promise<unknown>) => Promise<Ended<unknown>>;
  options?: Partial<DeliveryOptions> | undefined;
  /** What else happens at AWS while a run goes on. */
  alarms?: Pick<Alarms, "book">;
  queues?: { alarms: Connected; shards: Connected; bury: ControlQueues["bury"] };
};

/** What Lambda's on-failure destination says of an invocation that came to nothing, or undefined when it came to something. */
function causeOf(ended: Ended<unknown>): string | undefined {
  switch (ended.is) {
    case "done":
      return undefined;
    case "threw":
      return String(ended.error);
    case "crashed":
      return "the function died";
  }
}

/** Lambda polls a queue with five long polls of 20 s at a time, whether or not there is anything in it. */
const IDLE_POLLS_A_MINUTE = 15;

/** The schedule that wakes the control plane each virtual minute, delivered at least once and a little late. */
export function createDeliveries({ clock, seed, meter, invoke, options, alarms, queues }: Wires) {
  const { duplicates, later, late, stragglers, straggle } = { ...likeScheduler, ...options };
  const nothing = (): Delivered => ({ delivered: 0, duplicated: 0, rejected: 0, failed: 0, crashed: 0, errors: [] });
  let tally = nothing();
  let current: Run | undefined;
  // Where the last run ended, and where it left the clock: a handler that was at work at its end took it further.
  let ended = { at: -Infinity, clock: -Infinity };

  function count(ended: Ended<unknown>): void {
    tally.delivered += 1;
    if (ended.is === "crashed") tally.crashed += 1;
    if (ended.is !== "threw") return;
    if (ended.error instanceof InvalidEvent) tally.rejected += 1;
    else tally.failed += 1;
    if (tally.errors.length < ERRORS_KEPT) tally.errors.push(ended.error);
  }

  /**
   * Lambda would try again a minute later, when the event is older than the minute that its configuration allows: it goes
   * straight to the on-failure destination, and the next tick does the work. What failed to be forecast is left to
   * the next quarter of an hour.
   */
  function bury(type: string, event: TickDue | ForecastDue, ended: Ended<unknown>): void {
    const cause = causeOf(ended);
    if (cause !== undefined) queues?.bury([{ type, body: JSON.stringify(event), cause }]);
  }

  const forecasts = createForecastDeliveries({
    ...{ clock, seed, meter, late, duplicates },
    async deliver(type, event) {
      const handler = current?.forecastHandler;
      if (handler === undefined) return;
      const ended = await invoke(() => handler(event));
      if (ended.is === "threw" && tally.errors.length < ERRORS_KEPT) tally.errors.push(ended.error);
      bury(type, event, ended);
    },
  });

  async function deliver(at: number): Promise<void> {
    if (current === undefined) return;
    const { handler, onTick } = current;
    const event = { at: new Date(at * 1000).toISOString() };
    const ended = await invoke(() => handler(event));
    count(ended);
    bury(TICK_DUE, event, ended);
    await onTick?.(event, ended);
  }

  async function deliverTwice(at: number): Promise<void> {
    await Promise.all([deliver(at), deliver(at)]);
  }

  function schedule(at: number): void {
    const random = stream(seed, `delivery ${at}`);
    const soon = random.uniform(...late);
    const isTwice = random.chance(duplicates);
    const isAtOnce = random.chance(0.5);
    const between = random.uniform(0, later);
    const first = at + soon + (random.chance(stragglers) ? random.uniform(0, straggle) : 0);
    clock.at(first, () => {
      meter.count("schedulerInvocations");
      if (isTwice) tally.duplicated += 1;
      return isTwice && isAtOnce ? deliverTwice(at) : deliver(at);
    });
    if (isTwice && !isAtOnce) clock.at(first + between, () => deliver(at));
  }

  function connect({ alarmHandler, shardHandler }: Run): void {
    queues?.alarms.connect(alarmHandler);
    queues?.shards.connect(shardHandler);
  }

  /** Everything that a minute of the run brings by itself. */
  function book(at: number, { alarmHandler, shardHandler, forecastHandler }: Run): void {
    schedule(at);
    if (forecastHandler !== undefined) forecasts.book(at);
    alarms?.book(at);
    const polled = [alarmHandler, shardHandler].filter((handler) => handler !== undefined).length;
    if (polled > 0) clock.at(at, () => meter.count("sqsRequests", polled * IDLE_POLLS_A_MINUTE));
  }

  return {
    /** What rules on the bus do with an event: a forecast that was demoted is made anew. */
    onEvent: forecasts.onEvent,
    /**
     * Lets virtual time go by, and delivers the ticks of the minutes that begin within it, one after the other. What is
     * late beyond its end comes with the next run.
     */
    async run(run: Run): Promise<Delivered> {
      const start = clock.now() === ended.clock ? ended.at : clock.now();
      const end = start + run.for;
      for (let at = Math.ceil(start / MINUTE) * MINUTE; at < end; at += MINUTE) book(at, run);
      tally = nothing();
      current = run;
      connect(run);
      await clock.advanceTo(end);
      ended = { at: end, clock: clock.now() };
      return tally;
    },
  };
}
