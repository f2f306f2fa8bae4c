import { AsyncLocalStorage } from "node:async_hooks";

/** How one invocation of a Lambda ended. */
export type Ended<T> = { is: "done"; value: T } | { is: "threw"; error: unknown } | { is: "crashed" };

/** One invocation of a Lambda. Once it is dead none of its calls returns. */
export type Invocation = { isDead(): boolean; die(): void };

function never(): Promise<never> {
  return new Promise(() => {});
}

/** Runs things as invocations of a Lambda, so that a crash ends the one that it happens in and no other. */
export function createInvocations() {
  const current = new AsyncLocalStorage<Invocation>();

  return {
    /** The invocation that this is called in, if any. */
    current: () => current.getStore(),
    /** Ends the current invocation; outside of any only the call that awaits this never returns. */
    die(): Promise<never> {
      current.getStore()?.die();
      return never();
    },
    never,
    /** Runs `run` as one invocation, and says how that ended. Never rejects. */
    async invoke<T>(run: () => Promise<T>): Promise<Ended<T>> {
      let dead = false;
      const { promise, resolve } = Promise.withResolvers<Ended<T>>();
      const invocation: Invocation = {
        isDead: () => dead,
        die() {
          dead = true;
          resolve({ is: "crashed" });
        },
      };
      const ended = current
        .run(invocation, async () => run())
        .then(
          (value): Ended<T> => ({ is: "done", value }),
          (error: unknown): Ended<T> => ({ is: "threw", error }),
        );
      return Promise.race([promise, ended]);
    },
  };
}

export type Invocations = ReturnType<typeof createInvocations>;
