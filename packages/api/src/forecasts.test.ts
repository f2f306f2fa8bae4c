import { forecast } from "@headroom/forecast/forecast";
import { pack } from "@headroom/forecast/pack";
import { begin } from "@headroom/forecast/trust";
import { describe, expect, it } from "vitest";
import { metric } from "../../../test/builders/decisions.ts";
import { createAccount, following, minute, SHARD } from "../../../test/loops/world.ts";
import { failure, forecastList } from "./answers.ts";
import { createApi } from "./app.ts";

const DAY = 86_400;
const predictive = { kind: "predictive" as const, signal: metric("requests", { statistic: "Sum" }), target: 10 };

function shop() {
  const account = createAccount({ web: following("web", { policies: [predictive] }), api: following("api") });
  const app = createApi({ world: account.world, fleet: account.fleet, onDefect: () => {}, onMutation: () => {} });
  const ask = async (target: string) => {
    const answer = await app.request(`/v1/targets/${target}/forecasts`);
    return { status: answer.status, body: await answer.json() };
  };
  return { account, ask };
}

function made() {
  const at = Array.from({ length: 864 }, (_, index) => index * 300);
  const value = at.map((each) => 100 + 50 * Math.sin((2 * Math.PI * each) / DAY));
  const found = forecast({ at, value }, { now: 3 * DAY, step: 300, horizon: 3600 });
  if (found.is === "none") throw new Error(found.why);
  return { is: "forecast" as const, of: "load", madeAt: 3 * DAY, packed: pack(found), yesterday: [1, null] };
}

describe("the forecasts of a target", () => {
  it("are as they are kept, with how much each policy's are trusted", async () => {
    const { account, ask } = shop();
    await account.tick(0);
    const memory = await account.stores.shards.load(SHARD);
    const web = memory?.targets.web;
    if (memory === undefined || web === undefined) throw new Error("the tick remembered nothing");
    const standings = { predictive: { ...begin(3 * DAY, 0.9, "trusted"), of: "load", why: null } };
    const targets = { ...memory.targets, web: { ...web, standings } };
    await account.stores.shards.save(SHARD, { ...memory, at: minute(1), targets });
    await account.stores.forecasts.save("web", 3 * DAY, { predictive: made() });
    const { status, body } = await ask("web");
    expect(status).toBe(200);
    expect(forecastList.parse(body)).toEqual({ target: "web", forecasts: { predictive: made() }, standings });
  });

  it("are none before the first were made", async () => {
    const { ask } = shop();
    expect(await ask("web")).toEqual({ status: 200, body: { target: "web", forecasts: {}, standings: {} } });
  });

  it.each([
    { target: "api", says: "api has no policy of the kind predictive" },
    { target: "wbe", says: "wbe" },
  ])("are not found for $target", async ({ target, says }) => {
    const { status, body } = await shop().ask(target);
    expect(status).toBe(404);
    expect(failure.parse(body).message).toContain(says);
  });
});
