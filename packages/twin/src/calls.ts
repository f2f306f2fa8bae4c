import type { VirtualClock } from "./clock.ts";
import { type Faults, failure, type Port } from "./faults.ts";
import type { Invocations } from "./invocations.ts";
import type { Random } from "./random.ts";

/** Seconds that a call takes, from and to. */
const LATENCY = {
  "capacities.read": [0.03, 0.12],
  "capacities.set": [0.05, 0.25],
  "capacities.setMinimum": [0.05, 0.25],
  "signals.read": [0.05, 0.25],
  "targets.load": [0.003, 0.012],
  "targets.claim": [0.004, 0.015],
  "targets.settle": [0.004, 0.015],
  "shards.load": [0.003, 0.012],
  "shards.save": [0.004, 0.015],
  "records.append": [0.004, 0.02],
  "records.list": [0.004, 0.02],
  "leases.list": [0.003, 0.012],
  "leases.put": [0.004, 0.015],
  "leases.remove": [0.004, 0.015],
  "forecasts.load": [0.003, 0.012],
  "forecasts.save": [0.004, 0.02],
  "queues.sendShards": [0.01, 0.04],
  "queues.bury": [0.01, 0.04],
  publish: [0.01, 0.04],
} as const satisfies Record<Port, readonly [number, number]>;

/** Two invocations at once take turns call by call: up to so many turns later, so that seeds differ in the order. */
const TURNS = 4;

type Wires = { clock: VirtualClock; random: Random; faults: Faults; invocations: Invocations };

/**
 * Makes calls of the account into calls over the wire: they take virtual time, fail as told, and end the invocation that
 * they are made in when it is to crash. Outside of an invocation they take no time.
 */
export function createCalls({ clock, random, faults, invocations }: Wires) {
  async function travel(port: Port): Promise<void> {
    if (invocations.current() === undefined) return;
    const turns = Math.floor(random.uniform(0, TURNS));
    for (let turn = 0; turn < turns; turn += 1) await undefined;
    const [least, most] = LATENCY[port];
    clock.pass(random.uniform(least, most));
  }

  /** The port's `effect` as it is reached from a Lambda; `blind` makes the answers of a read that is to fail. */
  return function call<Arguments extends unknown[], Answer>(
    port: Port,
    effect: (...given: Arguments) => Answer | Promise<Answer>,
    blind?: (...given: Arguments) => Answer,
  ): (...given: Arguments) => Promise<Answer> {
    const isDead = () => invocations.current()?.isDead() === true;

    async function crashAfter(given: Arguments): Promise<never> {
      try {
        await effect(...given);
      } catch {
        // Whoever is dead does not learn that it failed.
      }
      return invocations.die();
    }

    return async (...given) => {
      await travel(port);
      if (isDead()) return invocations.never();
      const fate = faults.fateOf(port, clock.now());
      if (fate === "crashBefore") return invocations.die();
      if (fate === "crashAfter") return crashAfter(given);
      if (fate === "throttled" || fate === "denied") throw failure(port, fate);
      if (fate === "answers" && blind !== undefined) return blind(...given);
      const answer = await effect(...given);
      if (isDead()) return invocations.never();
      if (fate === "unanswered") throw failure(port, fate);
      return answer;
    };
  };
}
