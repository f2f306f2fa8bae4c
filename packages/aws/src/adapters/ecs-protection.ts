import { type ECSClient, GetTaskProtectionCommand, paginateListTasks } from "@aws-sdk/client-ecs";
import { inLists } from "../answers.ts";
import { translated } from "../errors.ts";

/** Tasks that one GetTaskProtection takes. */
const TASKS_A_CALL = 100;

async function tasksOf(client: ECSClient, cluster: string, service: string): Promise<string[]> {
  const tasks: string[] = [];
  const pages = paginateListTasks({ client }, { cluster, serviceName: service, desiredStatus: "RUNNING" });
  for await (const { taskArns = [] } of pages) tasks.push(...taskArns);
  return tasks;
}

/** How many tasks of a service protect themselves from being stopped, because they are busy. */
export async function protectedTasks(
  client: ECSClient,
  { cluster, service }: { cluster: string; service: string },
): Promise<number> {
  const doing = `reading the protected tasks of ${cluster}/${service}`;
  let count = 0;
  for (const tasks of inLists(await translated(doing, tasksOf(client, cluster, service)), TASKS_A_CALL)) {
    const call = client.send(new GetTaskProtectionCommand({ cluster, tasks }));
    const { protectedTasks: found = [] } = await translated(doing, call);
    count += found.filter(({ protectionEnabled }) => protectionEnabled).length;
  }
  return count;
}
