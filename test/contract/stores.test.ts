import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { startDynalite } from "@headroom/cli/local/dynalite";
import { memoryStores } from "@headroom/twin/stores";
import { type Started, storesContract } from "./stores.contract.ts";

const inMemory = (options?: { keep: number }) => async (): Promise<Started> => {
  return { stores: memoryStores(options), close: async () => undefined };
};

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

storesContract("memory", inMemory(), 100);
storesContract("memory of the newest", inMemory({ keep: 40 }), 100); // as many as the contract ever keeps of a target
storesContract("dynalite", onDynalite, 10);
