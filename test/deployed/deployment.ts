import { alarmName } from "@headroom/decisions/alarms";
import { startEmulator } from "../aws/emulators/emulator.ts";
import { type Recorder, startRecorder } from "../aws/recorder.ts";
import { ministackStandIns } from "../aws/stand-ins.ts";
import { partsOf } from "../synth/parts.ts";
import { synthesise, type Template } from "../synth/template.ts";
import { createQueue, createService, listenToBus, sendWork, subscribe } from "./beside.ts";
import { type Clients, clientsIn } from "./clients.ts";
import { enforcing } from "./emulator.ts";
import { type Inbox, inboxOf } from "./inbox.ts";
import { urlOf } from "./queue-urls.ts";
import { nouns } from "./stack/registry.ts";
import { acceptEnvelopes } from "./stand-ins.ts";

const STAGE = "dev";

const FLEET = `${import.meta.dirname}/fleet.ts`;

/** Headroom as it is deployed, in an emulator that runs it, with what it scales. */
export type Deployment = {
  template: Template;
  parts: ReturnType<typeof partsOf>;
  here: Clients;
  /** In the Region of the other shard. */
  there: Clients;
  /** What the functions call, on its way to the emulator. */
  recorder: Recorder;
  /** The alarm that wakes `web`. */
  alarm: string;
  /** What came to the bus, to whoever is told, and to the dead letters. */
  announced: Inbox;
  told: Inbox;
  buried: Inbox;
  stop(): Promise<void>;
};

/** The services and the queue that are scaled. */
async function createBeside(here: Clients, there: Clients): Promise<void> {
  await createService(here, "web", 2);
  await createService(there, "images", 1);
  const { url } = await createQueue(there, "images");
  await sendWork(there, url, 12);
}

/**
 * Synthesises Headroom for the fleet beside this file, and makes in a fresh emulator what the template says, with the
 * bundles that would be uploaded.
 */
export async function deploy(): Promise<Deployment> {
  const template = await synthesise({ stage: STAGE, name: "deployed", fleet: FLEET });
  const parts = partsOf(template);
  const emulator = await startEmulator(enforcing);
  const recorder = await startRecorder(emulator.endpoint, ministackStandIns);
  async function stop(): Promise<void> {
    await recorder.close();
    await emulator.stop();
  }
  try {
    const endpoints = { endpoint: emulator.endpoint, reached: recorder.endpoint };
    const here = clientsIn("eu-west-1", endpoints);
    const there = clientsIn("us-east-1", endpoints);
    await createBeside(here, there);
    for (const noun of nouns) await noun.standUp(template, here);
    await acceptEnvelopes(template, here);
    const announced = inboxOf(here, await listenToBus(here, parts.bus.id));
    const told = inboxOf(here, await subscribe(here, parts.topic.arn));
    const buried = inboxOf(here, await urlOf(here, parts.deadLetters.name));
    const alarm = alarmName({ stage: STAGE, fleet: template.fleet.name }, "web");
    return { template, parts, here, there, recorder, alarm, announced, told, buried, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
