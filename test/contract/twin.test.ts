import { describe, test } from "vitest";
import { twinAccounts } from "./world/twin-accounts.ts";
import { worldContract } from "./world.contract.ts";

describe("the World of the twin", () => {
  worldContract(() => twinAccounts, test);
});
