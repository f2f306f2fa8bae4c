import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { type Started, storesContract } from "../contract/stores.contract.ts";
import { type Recipe, startEmulator } from "./emulators/emulator.ts";
import { ministack } from "./emulators/ministack.ts";
import { moto } from "./emulators/moto.ts";
import { CREDENTIALS, REGION } from "./seeds/clients.ts";

const on = (recipe: Recipe) => async (): Promise<Started> => {
  const { endpoint, stop } = await startEmulator(recipe);
  const client = dynamoClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  await createTable(client, "headroom");
  const close = async () => {
    client.destroy();
    await stop();
  };
  return { stores: dynamoStores(client, "headroom"), close };
};

storesContract(ministack.name, on(ministack), 5);
storesContract(moto.name, on(moto), 2); // ten times slower than the others
