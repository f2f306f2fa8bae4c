import type { World } from "@headroom/loops/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Accounts } from "../contract/world/account.ts";
import { worldContract } from "../contract/world.contract.ts";
import { type Emulator, type Recipe, startEmulator } from "./emulators/emulator.ts";
import { type Gap, gapChecks } from "./gaps/gap.ts";
import type { Outlets } from "./outlets.ts";
import { noting, type Recorded, recordedText } from "./recorded.ts";
import { type Recorder, type StandIn, startRecorder } from "./recorder.ts";
import { seedClients } from "./seeds/clients.ts";
import { wireAccounts } from "./wire-accounts.ts";

export type Emulated = {
  recipe: Recipe;
  /** Whether it has Application Auto Scaling; without it resources are seeded without bounds of their own. */
  hasScalableTargets: boolean;
  gaps: readonly Gap[];
  standIns: readonly StandIn[];
  /** A World of ours that reaches AWS at `endpoint`. */
  worldAt(endpoint: string, outlets: Outlets): World;
};

/** Runs the contract of the World over the wire against an emulator that is started for it. */
export function emulatedContract({ recipe, hasScalableTargets, gaps, standIns, worldAt }: Emulated): void {
  describe(`the World of AWS, on ${recipe.name}`, () => {
    const recorded: Recorded = new Map();
    let emulator: Emulator;
    let recorder: Recorder;
    let accounts: Accounts;
    beforeAll(async () => {
      emulator = await startEmulator(recipe);
      recorder = await startRecorder(emulator.endpoint, standIns);
      const { endpoint, actions } = recorder;
      const worldOf = (outlets: Outlets) => noting(worldAt(endpoint, outlets), recorded, actions);
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
