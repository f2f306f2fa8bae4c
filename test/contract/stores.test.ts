import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { startDynalite } from "@headroom/cli/local/dynalite";
import { memoryStores } from "@headroom/twin/stores";
import { type Started, storesContract } from "./stores.contract.ts";

async function inMemory(): Promise<Started> {
  return { stores: memoryStores(), close: async () => undefined };
}

async function onDynalite(): Promise<Started> {
  const { endpoint, close } = await startDynalite();
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = dynamoClient({ endpoint, region: "us-east-1", credentials });
  await createTable(client, "headroom");
  const stop = async () => {
    client.destroy();
    await close();
  };
  return { stores: dynamoStores(client, "headroom"), close: stop };
}

storesContract("memory", inMemory, 100);
storesContract("dynalite", onDynalite, 10);
