import { describe, expect, it } from "vitest";
import { forecasts } from "./mutations/forecasts.ts";
import { functions, handlers, ticks } from "./mutations/functions.ts";
import { keeping } from "./mutations/keeping.ts";
import type { Mutation } from "./mutations/mutation.ts";
import { permissions, roles } from "./mutations/permissions.ts";
import { queues } from "./mutations/queues.ts";
import { refused } from "./mutations/refused.ts";
import { heartbeats, watching } from "./mutations/watching.ts";
import { alarms, elsewhere, notifications, schedules } from "./mutations/wiring.ts";
import { broken } from "./rules/registry.ts";
import { synthesise } from "./template.ts";

// The rules would notice: deliberate mistakes in the source, synthesised for real. Mistakes in different parts are made
// together, one of each list at a time, and each is looked for by what its rule says of it.

const ofParts = [functions, ticks, handlers, permissions, roles, queues, schedules, alarms, notifications];
const lists = [...ofParts, keeping, watching, heartbeats, forecasts, elsewhere];
const fleet = `${import.meta.dirname}/fleets/every-kind.ts`;

/** Mistakes that can be made together. */
function together(round: number): Mutation[] {
  return lists.flatMap((list) => list[round] ?? []);
}

const rounds = Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, round) => round);

describe.each(rounds)("mistakes, round %i", (round) => {
  const mutations = together(round);
  const found = async () =>
    broken(await synthesise({ stage: "production", name: `mistakes-${round}`, fleet, edits: mutations }));
  let once: ReturnType<typeof found> | undefined;

  it.each(mutations)("$what", async ({ breaks, says }) => {
    once ??= found();
    expect((await once).get(breaks) ?? []).toContainEqual(expect.stringMatching(says));
  });
});

describe("the CLI refuses", () => {
  it.each(refused)("$what", async (mutation) => {
    await expect(synthesise({ stage: "dev", name: "refused", fleet, edits: [mutation] })).rejects.toThrow(
      mutation.says,
    );
  });
});
