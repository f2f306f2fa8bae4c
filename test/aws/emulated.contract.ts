import { createAwsWorld } from "@headroom/aws/world";
import type { World } from "@headroom/loops/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inFloorMode } from "../contract/documented/floor-mode.ts";
import { noting, type Recorded, recordedText } from "../contract/documented/recorded.ts";
import type { Accounts } from "../contract/world/account.ts";
import { worldContract } from "../contract/world.contract.ts";
import { type Emulator, type Recipe, startEmulator } from "./emulators/emulator.ts";
import { type Gap, gapChecks } from "./gaps/gap.ts";
import type { Outlets } from "./outlets.ts";
import { type Recorder, type StandIn, startRecorder } from "./recorder.ts";
import { CREDENTIALS, REGION, seedClients } from "./seeds/clients.ts";
import { wireAccounts } from "./wire-accounts.ts";

export type Emulated = {
  recipe: Recipe;
  /** Whether it has Application Auto Scaling; without it resources are seeded without bounds of their own. */
  hasScalableTargets: boolean;
  gaps: readonly Gap[];
  standIns: readonly StandIn[];
};

/** A World of ours that reaches AWS at `endpoint`. What fails is not tried again: an emulator would not do better. */
function worldAt(endpoint: string, outlets: Outlets, floors: Iterable<string>): World {
  const { bus, shardQueueUrl, deadLetterQueueUrl } = outlets;
  const reached = { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
  const own = { table: "headroom", shardQueue: shardQueueUrl, deadLetterQueue: deadLetterQueueUrl, bus };
  return createAwsWorld({ targets: inFloorMode(floors) }, { ...reached, ...own });
}

/** Runs the contract of the World over the wire against an emulator that is started for it. */
export function emulatedContract({ recipe, hasScalableTargets, gaps, standIns }: Emulated): void {
  describe(`the World of AWS, on ${recipe.name}`, () => {
    const recorded: Recorded = new Map();
    let emulator: Emulator;
    let recorder: Recorder;
    let accounts: Accounts;
    beforeAll(async () => {
      emulator = await startEmulator(recipe);
      recorder = await startRecorder(emulator.endpoint, standIns);
      const requests = recorder;
      const worldOf = (outlets: Outlets, floors: ReadonlySet<string>) =>
        noting(worldAt(requests.endpoint, outlets, floors), recorded, requests, (id) => floors.has(id));
      accounts = wireAccounts({ clients: seedClients(emulator.endpoint, { hasScalableTargets }), worldOf });
    });
    afterAll(async () => {
      await recorder?.close();
      await emulator?.stop();
    });

    const { check, finish } = gapChecks(gaps);
    worldContract(() => accounts, check);
    finish();

    test("no stand-in answers for what the emulator can do itself", () => {
      expect(recorder.answered()).toEqual([]);
    });

    test("what was sent is what is written down; `npm run test:aws -- -u` writes it down", async () => {
      await expect(recordedText(recorded)).toMatchFileSnapshot(`recorded/${recipe.command}.json`);
    });
  });
}
