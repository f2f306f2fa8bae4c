import { dynamoClient } from "@headroom/aws/clients";
import { createTable, dynamoStores } from "@headroom/aws/stores/table";
import { expect, test } from "vitest";
import { recordedText } from "../contract/documented/recorded.ts";
import { type Started, storesContract } from "../contract/stores.contract.ts";
import { startEmulator } from "./emulators/emulator.ts";
import { ministack } from "./emulators/ministack.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { CREDENTIALS, REGION } from "./seeds/clients.ts";

// Not on moto: of 20 racing claims it lets two win now and then, since it looks at a condition and writes without a lock in
// between. What the stores rest on is just what it does not have.

const reached = { region: REGION, credentials: CREDENTIALS };
let recorder: Recorder;

/** The table that infra makes, made past the recorder. */
async function makeTable(endpoint: string): Promise<void> {
  const client = dynamoClient({ ...reached, endpoint });
  await createTable(client, "headroom");
  client.destroy();
}

async function onMinistack(): Promise<Started> {
  const { endpoint, stop } = await startEmulator(ministack);
  await makeTable(endpoint);
  recorder = await startRecorder(endpoint, []);
  const client = dynamoClient({ ...reached, endpoint: recorder.endpoint });
  const close = async () => {
    client.destroy();
    await recorder.close();
    await stop();
  };
  return { stores: dynamoStores(client, "headroom"), close };
}

storesContract(ministack.name, onMinistack, 5);

test("what was sent is what is written down; `npm run test:aws -- -u` writes it down", async () => {
  const sent = new Map([["stores", new Set(recorder.actions())]]);
  await expect(recordedText(sent)).toMatchFileSnapshot("recorded/stores.json");
});
