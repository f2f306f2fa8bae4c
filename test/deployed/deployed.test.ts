import { afterAll, beforeAll, expect, test } from "vitest";
import { gapChecks } from "../aws/gaps/gap.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { gaps } from "./gaps.ts";
import { leftOut, nouns } from "./stack/registry.ts";
import { alarms } from "./stories/alarms.ts";
import { deadLetters, others } from "./stories/dead-letters.ts";
import { minutes } from "./stories/minutes.ts";
import { permissions } from "./stories/permissions.ts";
import { runtime } from "./stories/runtime.ts";

// Headroom as `sst deploy` would make it, in an emulator that runs its functions and enforces their permissions. Every
// case stands on those before it: it is one deployment, and in it time passes as it does.

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy();
});
afterAll(() => deployment?.stop());

const { check, finish } = gapChecks(gaps);
const deployed = () => deployment;

test("everything in the template is made, or left out for a reason", () => {
  const types = deployment.template.resources.map(({ type }) => type).filter((type) => type.startsWith("aws:"));
  const known = [...nouns.flatMap((noun) => noun.types), ...Object.keys(leftOut)];
  expect([...new Set(types)].sort()).toEqual([...new Set(known)].sort());
});

for (const story of [runtime, alarms, deadLetters, permissions, minutes, others]) story(deployed, check);
finish();

test("no stand-in answers for what the emulator can do itself", () => {
  expect(deployment.recorder.answered()).toEqual([]);
});
