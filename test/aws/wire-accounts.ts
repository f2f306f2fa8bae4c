import type { World } from "@headroom/loops/world";
import type { Accounts, GivenTarget, Named } from "../contract/world/account.ts";
import { createOutlets, type Outlets } from "./outlets.ts";
import type { SeedClients } from "./seeds/clients.ts";
import { publish } from "./seeds/metrics.ts";
import { fill } from "./seeds/queues.ts";
import { seeds } from "./seeds/registry.ts";
import type { Seeded } from "./seeds/seed.ts";

/** The emulator behind the accounts, and how a World of ours is made that reaches it; `floors` are its targets in floor mode. */
export type Wire = { clients: SeedClients; worldOf(outlets: Outlets, floors: ReadonlySet<string>): World };

/** The start of the present minute, in seconds since the epoch. */
function presentMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60;
}

/** Accounts in an emulator: all are in the one that it has, so every name is used once. */
export function wireAccounts({ clients, worldOf }: Wire): Accounts {
  let used = 0;
  const fresh = (name: string) => `${name}-${++used}`;
  const floors = new Set<string>();
  const seeded = new Map<string, Seeded>();

  async function created(given: GivenTarget): Promise<Named> {
    const id = fresh("target");
    const made = await seeds[given.kind].create(clients, id, given);
    seeded.set(id, made);
    if (given.isFloor) floors.add(id);
    return { id, resource: made.resource };
  }

  return {
    async given({ targets = [], metrics = [], queues = [] }) {
      const named: Named[] = [];
      for (const target of targets) named.push(await created(target));
      for (const queue of queues) await fill(clients, queue);
      const outlets = await createOutlets(clients, fresh);
      const minute = presentMinute();
      for (const metric of metrics) await publish(clients, metric, minute);
      const { published, shards, buried } = outlets;
      return {
        ...{ world: worldOf(outlets, floors), minute, targets: named, published, shards, buried },
        missing: (kind) => ({ id: "missing", resource: seeds[kind].missing }),
        // What emulators do, they do at once.
        settle: async () => undefined,
        deploy: async ({ id }) => seeded.get(id)?.deploy?.(),
        fallbacks: async ({ id }) => (await seeded.get(id)?.fallbacks?.()) ?? [],
      };
    },
  };
}
