import type { Fleet } from "@headroom/decisions/config/fleet";
import type { World } from "@headroom/loops/world";
import { createCapacities } from "./capacities.ts";
import { type Connect, connections, dynamoClient } from "./clients.ts";
import { clock } from "./clock.ts";
import { mostUnits } from "./most-units.ts";
import { onDemand } from "./on-demand.ts";
import type { Settings } from "./settings.ts";
import { createSignals } from "./signals/read.ts";
import { dynamoStores } from "./stores/table.ts";

/** What leaves the control plane. Most passes announce nothing, and send nothing to a queue. */
function outgoing(connect: Connect, settings: Settings): Pick<World, "publish" | "queues"> {
  const publish = onDemand(async () => (await import("./outgoing/publish.ts")).createPublish(connect, settings.bus));
  const queues = onDemand(async () => (await import("./outgoing/queues.ts")).createQueues(connect, settings));
  return {
    publish: async (events) => (await publish())(events),
    queues: {
      sendShards: async (messages) => (await queues()).sendShards(messages),
      bury: async (letters) => (await queues()).bury(letters),
    },
  };
}

/**
 * AWS, as loops see it. No call is made before it is needed.
 * @param fleet tells of which targets it matters what else may lower them: in floor mode that is in charge
 * @param settings how AWS is reached, and which table, queues and bus are the control plane's own
 */
export function createAwsWorld(fleet: Pick<Fleet, "targets">, settings: Settings): World {
  const connect = connections(settings);
  const contested = (id: string) => (fleet.targets[id]?.mode === "floor" ? undefined : mostUnits(fleet.targets[id]));
  return {
    clock,
    capacities: createCapacities({ connect, clock, contested }),
    signals: createSignals({ connect, clock, settings }),
    stores: dynamoStores(dynamoClient(settings), settings.table),
    ...outgoing(connect, settings),
  };
}
