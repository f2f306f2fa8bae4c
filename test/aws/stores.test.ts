import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { type Started, storesContract } from "../contract/stores.contract.ts";
import { type Recipe, startEmulator } from "./emulators/emulator.ts";
import { ministack } from "./emulators/ministack.ts";
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

// Not on moto: of 20 racing claims it lets two win now and then, since it looks at a condition and writes without a lock in
// between. What the stores rest on is just what it does not have.
storesContract(ministack.name, on(ministack), 5);
