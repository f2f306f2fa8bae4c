import { createAwsWorld } from "@headroom/aws/world";
import { afterAll, beforeAll, describe } from "vitest";
import type { Accounts } from "../contract/world/account.ts";
import { metricsContract } from "../contract/world/metrics.ts";
import { type Emulator, startEmulator } from "./emulators/emulator.ts";
import { ministack } from "./emulators/ministack.ts";
import { moto } from "./emulators/moto.ts";
import { gapChecks } from "./gaps/gap.ts";
import { ministackGaps } from "./gaps/ministack.ts";
import { motoGaps } from "./gaps/moto.ts";
import { CREDENTIALS, REGION, seedClients } from "./seeds/clients.ts";
import { wireAccounts } from "./wire-accounts.ts";

// The SDK speaks JSON to CloudWatch. Some emulators understand only the older query protocol, which can be chosen.

const emulators = [
  { recipe: moto, gaps: motoGaps },
  { recipe: ministack, gaps: ministackGaps },
];

describe.each(emulators)("metrics by the query protocol, on $recipe.name", ({ recipe, gaps }) => {
  let emulator: Emulator;
  let accounts: Accounts;
  beforeAll(async () => {
    emulator = await startEmulator(recipe);
    const { endpoint } = emulator;
    const reached = { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 } as const;
    const own = { table: "none", shardQueue: "none", deadLetterQueue: "none", bus: "none" };
    const world = createAwsWorld({ targets: {} }, { ...reached, ...own, cloudwatchProtocol: "query" });
    accounts = wireAccounts({ clients: seedClients(endpoint, { hasScalableTargets: false }), worldOf: () => world });
  });
  afterAll(() => emulator?.stop());

  const ofMetrics = gaps.map((gap) => ({ ...gap, cases: gap.cases.filter((name) => name.startsWith("metrics: ")) }));
  const { check, finish } = gapChecks(ofMetrics);
  let used = 0;
  metricsContract(
    { accounts: () => accounts, check: (name, body) => check(`metrics: ${name}`, body) },
    (name) => `${name}-${++used}`,
  );
  finish();
});
