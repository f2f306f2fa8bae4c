import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Clock, World } from "@headroom/loops/world";
import { createCapacities } from "./capacities.ts";
import { connections, dynamoClient } from "./clients.ts";
import { createPublish } from "./outgoing/publish.ts";
import { createQueues } from "./outgoing/queues.ts";
import type { Settings } from "./settings.ts";
import { createSignals } from "./signals/read.ts";
import { dynamoStores } from "./stores/table.ts";

/** The clock of the machine, which AWS keeps right on Lambda. */
const clock: Clock = { now: () => Date.now() / 1000 };

/**
 * AWS, as loops see it. No call is made before it is needed.
 * @param fleet tells of which targets it matters what else may lower them: in floor mode that is in charge
 * @param settings how AWS is reached, and which table, queues and bus are the control plane's own
 */
export function createAwsWorld(fleet: Pick<Fleet, "targets">, settings: Settings): World {
  const connect = connections(settings);
  const contested = (target: string) => fleet.targets[target]?.mode !== "floor";
  return {
    clock,
    capacities: createCapacities({ connect, clock, contested }),
    signals: createSignals({ connect, clock, settings }),
    stores: dynamoStores(dynamoClient(settings), settings.table),
    queues: createQueues(connect, settings),
    publish: createPublish(connect, settings.bus),
  };
}
