import type { Place } from "@headroom/decisions/config/place";
import { tickShard } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import { expect, it } from "vitest";
import { createAccount, following, minute } from "./world.ts";

const paris = { account: "111111111111", region: "eu-west-3", role: "arn:aws:iam::111111111111:role/headroom" };

/** The same World, which notes with which place each port was asked. */
function noting(world: World): { world: World; asked: Record<string, (Place | undefined)[]> } {
  const asked: Record<string, (Place | undefined)[]> = { read: [], set: [], signals: [] };
  const { capacities, signals } = world;
  const noted: World = {
    ...world,
    capacities: {
      ...capacities,
      read: (targets) => {
        asked.read?.push(...targets.map(({ place }) => place));
        return capacities.read(targets);
      },
      set: (target, units) => {
        asked.set?.push(target.place);
        return capacities.set(target, units);
      },
    },
    signals: {
      read: (given, since, place) => {
        asked.signals?.push(place);
        return signals.read(given, since, place);
      },
    },
  };
  return { world: noted, asked };
}

it("every port is told where a target is, and with which role", async () => {
  const account = createAccount({ web: following("web", paris), api: following("api") });
  account.load.set("web", 150);
  const { world, asked } = noting(account.world);
  account.clock.set(minute(0) + 2);
  await tickShard(world, account.fleet, { shard: `111111111111/eu-west-3/${paris.role}#0`, at: minute(0) });
  expect(asked.signals).toEqual([paris]);
  expect(asked.set).toEqual([paris]);
  expect(new Set(asked.read?.map((place) => JSON.stringify(place)))).toEqual(new Set([JSON.stringify(paris)]));
});
