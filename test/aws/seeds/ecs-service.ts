import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import type { SeedClients } from "./clients.ts";
import { register, type Scalable, scheduled } from "./scalable-target.ts";
import type { Seed } from "./seed.ts";

const CLUSTER = "contract";

/** One more revision of the task definition that all services run. */
async function revision({ ecs }: SeedClients): Promise<string> {
  const containerDefinitions = [{ name: "app", image: "app", memory: 64 }];
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand({ family: "app", containerDefinitions }));
  return `app:${taskDefinition?.revision}`;
}

export const ecsService: Seed = {
  async create(clients, name, given) {
    const scalable: Scalable = {
      ServiceNamespace: "ecs",
      ResourceId: `service/${CLUSTER}/${name}`,
      ScalableDimension: "ecs:service:DesiredCount",
    };
    const named = { cluster: CLUSTER, taskDefinition: await revision(clients) };
    await clients.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
    await clients.ecs.send(new CreateServiceCommand({ ...named, serviceName: name, desiredCount: given.units }));
    await register(clients, scalable, given, "ECSServiceAverageCPUUtilization");
    return {
      resource: { kind: "ecs-service", cluster: CLUSTER, service: name },
      async deploy() {
        const taskDefinition = await revision(clients);
        const changed = { cluster: CLUSTER, service: name, taskDefinition, forceNewDeployment: true };
        await clients.ecs.send(new UpdateServiceCommand(changed));
      },
      fallbacks: () => scheduled(clients, scalable),
    };
  },
  missing: { kind: "ecs-service", cluster: CLUSTER, service: "missing" },
};
