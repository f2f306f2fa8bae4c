import type { CapacityAnswer } from "@headroom/decisions/model";
import { describe, expect, it } from "vitest";
import { fleetOf, found, known, lookAt, mapped } from "../../../../test/builders/look.ts";
import type { Status } from "./check.ts";
import { targets } from "./targets.ts";

const failed = (why: string): CapacityAnswer => ({ is: "failed", why });

describe("targets", () => {
  it.each<[what: string, answer: CapacityAnswer, status: Status, says: string]>([
    ["one that is there", known(3), "ok", "It exists: 3 set, 3 ready."],
    ["one that is not", failed("NotFound: ECS service shop/web does not exist"), "problem", "does not exist"],
    ["one that may not be read", failed("Denied: reading services"), "problem", "Denied: reading services"],
  ])("%s", async (_, answer, status, says) => {
    expect(await found(targets, answer)).toMatchObject([
      { target: "web", status, says: expect.stringContaining(says) },
    ]);
  });

  it("leaves a mapping without maximum to the check for those", async () => {
    const look = lookAt(fleetOf({ jobs: mapped("a") }), { capacities: { jobs: failed("Invalid: no maximum") } });
    expect(await targets.run(look)).toEqual([]);
  });
});
