import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "./rules/registry.ts";
import { type Synthesis, synthesise, type Template } from "./template.ts";

// What `npx sst deploy` would make, by the real SST CLI. Only AWS and Pulumi's engine are stood in for: what AWS itself would
// refuse (a limit, a name that is taken) is not seen here.

const fleets = `${import.meta.dirname}/fleets`;

const stages: [what: string, synthesis: Synthesis][] = [
  ["dev", { stage: "dev" }],
  ["production", { stage: "production" }],
  ["a fleet with every kind of target", { stage: "dev", name: "every-kind", fleet: `${fleets}/every-kind.ts` }],
  ["a large fleet", { stage: "production", name: "large", fleet: `${fleets}/large.ts` }],
];

describe.each(stages)("%s", (_, synthesis) => {
  let template: Template;
  beforeAll(async () => {
    template = await synthesise(synthesis);
  });

  it.each(Object.entries(rules))("%s", async (_name, rule) => {
    expect(await rule(template)).toEqual([]);
  });
});
