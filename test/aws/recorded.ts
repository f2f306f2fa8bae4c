import type { World } from "@headroom/loops/world";

/** By port, and by kind where the port has kinds: the IAM actions of what was sent. */
export type Recorded = Map<string, Set<string>>;

/** The only one of the values, if they are all the same. */
function only(values: readonly string[]): string | undefined {
  const different = new Set(values);
  return different.size === 1 ? values[0] : undefined;
}

/**
 * The same World, its requests noted by port. Calls about several kinds at a time are not: nobody could tell what is
 * whose.
 * @param actions those of all requests so far
 */
export function noting(world: World, recorded: Recorded, actions: () => readonly string[]): World {
  async function note<Answer>(port: string | undefined, call: () => Promise<Answer>): Promise<Answer> {
    const before = actions().length;
    try {
      return await call();
    } finally {
      const sent = port === undefined ? [] : actions().slice(before);
      if (port !== undefined) recorded.set(port, new Set([...(recorded.get(port) ?? []), ...sent]));
    }
  }
  const { capacities, signals, queues } = world;
  const about = (kind: string | undefined, port: string) => (kind === undefined ? undefined : `${kind} ${port}`);
  return {
    ...world,
    capacities: {
      read: (targets) => {
        const kind = only(targets.map(({ resource }) => resource.kind));
        return note(about(kind, "read"), () => capacities.read(targets));
      },
      set: (target, capacity) => note(about(target.resource.kind, "set"), () => capacities.set(target, capacity)),
      setMinimum: (target, minimum, fallback) =>
        note(about(target.resource.kind, "setMinimum"), () => capacities.setMinimum(target, minimum, fallback)),
    },
    signals: {
      read: (asked, since, place) => {
        const source = only(asked.map((signal) => signal.source));
        return note(about(source, "read"), () => signals.read(asked, since, place));
      },
    },
    queues: {
      sendShards: (messages) => note("sendShards", () => queues.sendShards(messages)),
      bury: (letters) => note("bury", () => queues.bury(letters)),
    },
    publish: (events) => note("publish", () => world.publish(events)),
  };
}

/** As text that is the same for the same actions. */
export function recordedText(recorded: Recorded): string {
  const sorted = [...recorded].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted.map(([port, actions]) => [port, [...actions].sort()])), null, 2)}\n`;
}
