import { join } from "node:path";
import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import type { Stores } from "@headroom/loops/world";
import { startDynalite } from "./dynalite.ts";

const TABLE = "headroom";
const nobody = { accessKeyId: "local", secretAccessKey: "local" };

/**
 * Runs something with the control plane's state as it is kept when deployed, in a DynamoDB embedded in this process.
 * @throws Invalid when the folder is in use or damaged
 */
export async function withTable<T>(folder: string, run: (stores: Stores) => Promise<T>): Promise<T> {
  const dynamo = await startDynalite({ folder: join(folder, "dynamodb") });
  const client = dynamoClient({ region: "local", endpoint: dynamo.endpoint, credentials: nobody });
  try {
    await createTable(client, TABLE);
    return await run(dynamoStores(client, TABLE));
  } finally {
    client.destroy();
    await dynamo.close();
  }
}
