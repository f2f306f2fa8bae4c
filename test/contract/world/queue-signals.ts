import { type QueueSignal, signalKey } from "@headroom/decisions/config/signals";
import { expect } from "vitest";
import type { GivenQueue, Subject } from "./account.ts";

function signalOf(queue: string): QueueSignal {
  return { source: "queue", queue, maxAge: 300 };
}

/** What every World must do with the attributes of queues. */
export function queueSignalsContract({ accounts, check }: Subject, fresh: (name: string) => string): void {
  const cases: [string, (name: string) => GivenQueue, { visible: number; inFlight: number; delayed: number }][] = [
    ["an empty queue", (name) => ({ name, visible: 0, inFlight: 0 }), { visible: 0, inFlight: 0, delayed: 0 }],
    ["messages that wait", (name) => ({ name, visible: 12, inFlight: 0 }), { visible: 12, inFlight: 0, delayed: 0 }],
    ["messages in flight", (name) => ({ name, visible: 3, inFlight: 2 }), { visible: 3, inFlight: 2, delayed: 0 }],
    ["delayed messages", (name) => ({ name, delayed: 4 }), { visible: 0, inFlight: 0, delayed: 4 }],
  ];
  for (const [what, given, standing] of cases) {
    check(`${what} are counted as such`, async () => {
      const name = fresh("jobs");
      const account = await accounts().given({ queues: [given(name)] });
      const before = account.world.clock.now();
      const answer = (await account.world.signals.read([signalOf(name)], before)).get(signalKey(signalOf(name)));
      expect(answer).toMatchObject({ is: "queue", ...standing });
      if (answer?.is === "queue") expect(answer.at).toBeGreaterThanOrEqual(before);
    });
  }

  check("a queue that does not exist is said, and keeps nothing else from being read", async () => {
    const [there, missing] = [fresh("jobs"), fresh("missing")];
    const account = await accounts().given({ queues: [{ name: there, visible: 2, inFlight: 0 }] });
    const asked = [missing, there].map(signalOf);
    const answers = await account.world.signals.read(asked, account.minute);
    expect(answers.get(signalKey(signalOf(missing)))).toEqual({ is: "failed", why: expect.stringMatching(/./) });
    expect(answers.get(signalKey(signalOf(there)))).toMatchObject({ is: "queue", visible: 2 });
  });
}
