import { Denied, Throttled } from "@headroom/decisions/errors";
import type { Outage } from "./metrics.ts";

/** The calls of a World that can be made to fail. */
export type Port =
  | "capacities.read"
  | "capacities.set"
  | "capacities.setMinimum"
  | "signals.read"
  | "targets.load"
  | "targets.claim"
  | "targets.settle"
  | "shards.load"
  | "shards.save"
  | "records.append"
  | "records.list"
  | "leases.list"
  | "leases.put"
  | "leases.remove"
  | "forecasts.load"
  | "forecasts.save"
  | "queues.sendShards"
  | "queues.bury"
  | "publish";

/**
 * How a call fails. `throttled` and `denied`: nothing happened. `unanswered`: it happened, but its answer was lost.
 * `answers`: the call succeeds and each answer in it is `failed` (reads of capacities and signals; elsewhere nothing).
 */
export type How = "throttled" | "denied" | "unanswered" | "answers";

/** When a fault is on: from `from` on and before `until`, for at most `times` calls. */
export type When = { from?: number; until?: number; times?: number };

/** What is to become of one call. */
export type Fate = "done" | How | "crashBefore" | "crashAfter";

type Fault = { port: Port; how: How; from: number; until: number; left: number };
type Crash = { call: number; when: "before" | "after"; announce(): void };

/** The error that a call fails with. */
export function failure(port: Port, how: "throttled" | "denied" | "unanswered"): Error {
  if (how === "denied") return new Denied(`${port}: AccessDeniedException (injected)`);
  const why = how === "throttled" ? "ThrottlingException" : "TimeoutError, the answer was lost";
  return new Throttled(`${port}: ${why} (injected)`);
}

/** Faults that tests and rehearsals put into the calls of a World. Without any, everything succeeds. */
export function createFaults(lose: (outage: Outage) => void) {
  let calls = 0;
  let faults: Fault[] = [];
  let crashes: Crash[] = [];
  const listeners = new Set<Port[]>();

  function fault(port: Port, now: number): How | undefined {
    const found = faults.find((each) => each.port === port && each.from <= now && now < each.until && each.left > 0);
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.how;
  }

  function crash(): Crash | undefined {
    const due = crashes.find(({ call }) => call === calls);
    if (due === undefined) return undefined;
    crashes = crashes.filter((other) => other !== due);
    due.announce();
    return due;
  }

  return {
    /** Makes calls of one port fail. */
    fail(port: Port, how: How, { from = -Infinity, until = Infinity, times = Infinity }: When = {}): void {
      faults.push({ port, how, from, until, left: times });
    },
    /** CloudWatch gets no datapoints of the minutes that begin within `[from, until)`. */
    loseMetrics: lose,
    /**
     * Ends the invocation that makes the `n`th call from now on (1 is the next) before or after the effect of that call:
     * the promise of the call never settles.
     * @returns a promise that is fulfilled when it has happened
     */
    crashAt(n: number, when: "before" | "after"): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      crashes.push({ call: calls + n, when, announce: resolve });
      return promise;
    },
    /** Takes every fault and crash back that has not happened. */
    clear(): void {
      faults = [];
      crashes = [];
    },
    /** How many calls there were. */
    calls: () => calls,
    /** The ports of the calls that are made while `run` is at work, in their order: a test crashes at each in turn. */
    async during(run: () => Promise<unknown>): Promise<Port[]> {
      const ports: Port[] = [];
      listeners.add(ports);
      try {
        await run();
      } finally {
        listeners.delete(ports);
      }
      return ports;
    },
    /** Counts a call, and says what is to become of it. */
    fateOf(port: Port, now: number): Fate {
      calls += 1;
      for (const ports of listeners) ports.push(port);
      const due = crash();
      if (due !== undefined) return due.when === "before" ? "crashBefore" : "crashAfter";
      return fault(port, now) ?? "done";
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
