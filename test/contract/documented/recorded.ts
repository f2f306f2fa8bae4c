import type { Resource } from "@headroom/decisions/config/resources";
import type { World } from "@headroom/loops/world";

/** By port, and by kind where the port has kinds: the IAM actions of what was sent. */
export type Recorded = Map<string, Set<string>>;

/** Whether a target is in floor mode: of those that are not, what else may lower them is read as well. */
export type IsFloor = (target: string) => boolean;

/** Resources that are read alike. */
export function sortOf(resource: Resource): string {
  switch (resource.kind) {
    case "application-auto-scaling":
      return `${resource.kind} ${resource.dimension}`;
    case "ecs-service":
      return resource.taskProtection ? `${resource.kind} with task protection` : resource.kind;
    default:
      return resource.kind;
  }
}

/** What reading is called where it is recorded. */
export function readPort(resource: Resource, isFloor: boolean): string {
  return `${sortOf(resource)}: read${isFloor ? " in floor mode" : ""}`;
}

/** The only one of the values, if they are all the same. */
function only(values: readonly string[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

type Requests = { actions(): readonly string[] };

/**
 * The same World, its requests noted by port. Calls about resources that are not read alike are not: nobody could tell
 * what is whose.
 */
export function noting(world: World, recorded: Recorded, { actions }: Requests, isFloor: IsFloor): World {
  async function note<Answer>(port: string | undefined, call: () => Promise<Answer>): Promise<Answer> {
    const before = actions().length;
    try {
      return await call();
    } finally {
      const sent = actions().slice(before);
      if (port !== undefined) recorded.set(port, new Set([...(recorded.get(port) ?? []), ...sent]));
    }
  }
  const { capacities, signals, queues } = world;
  return {
    ...world,
    capacities: {
      read: (targets) =>
        note(only(targets.map(({ id, resource }) => readPort(resource, isFloor(id)))), () => capacities.read(targets)),
      set: (target, capacity) => note(`${target.resource.kind}: set`, () => capacities.set(target, capacity)),
      setMinimum: (target, minimum, fallback) =>
        note(`${target.resource.kind}: setMinimum`, () => capacities.setMinimum(target, minimum, fallback)),
    },
    signals: {
      read: (asked, since, place) => {
        const source = only(asked.map((signal) => signal.source));
        return note(source && `${source}: read`, () => signals.read(asked, since, place));
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
