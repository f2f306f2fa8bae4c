import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import { Throttled } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import { unpack } from "@headroom/forecast/pack";
import { makeForecasts } from "@headroom/loops/forecasts/make";
import { FORECAST_PERIOD_SECONDS } from "@headroom/loops/forecasts/period";
import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE, metric, NOON } from "../builders/decisions.ts";
import { type Account, createAccount, failing, following, minute, SHARD, surrounded } from "./world.ts";

// Forecasts from the quarter of an hour that makes them to the tick that acts on them. Load is known at any instant: a
// wave by day.

const DAY = 86_400;
const HOUR = 3600;
/** Minutes from one forecast to the next. */
const PERIOD = FORECAST_PERIOD_SECONDS / MINUTE;

/** Requests a minute: about 300 at midnight and 900 at noon, times what the test says from an instant on. */
function loadAt(at: number, { since = Number.POSITIVE_INFINITY, factor = 1 } = {}): number {
  const wave = 600 - 300 * Math.cos((2 * Math.PI * (at % DAY)) / DAY);
  const noise = 1 + 0.1 * Math.sin(at * 12.9898) * Math.sin(at * 0.0078233);
  return (at >= since ? factor * wave : wave) * noise;
}

const load = metric("requests", { statistic: "Sum" });
const predictive = { kind: "predictive" as const, signal: load, target: 10 };
const web = following("web", { policies: [predictive], warmUp: "5m", max: 500 });

type Shift = { since?: number; factor?: number };

let account: Account;
let asked: { signals: readonly Signal[]; since: number }[];
let history: { days: number; shift: Shift };

function answer(signal: Signal, since: number, now: number): SignalAnswer {
  if (signal.source === "queue") return { is: "failed", why: "no queues here" };
  const begin = Math.max(since, now - history.days * DAY);
  const first = Math.ceil(begin / signal.period);
  const count = Math.max(0, Math.floor(now / signal.period) - first);
  const points = Array.from({ length: count }, (_, index) => {
    const at = (first + index) * signal.period;
    return { at, value: (loadAt(at, history.shift) * signal.period) / MINUTE };
  });
  return { is: "series", period: signal.period, points };
}

/** The same account, whose signals have a past. */
function withHistory(account: Account): Account {
  account.world.signals.read = async (signals, since) => {
    asked.push({ signals, since });
    return new Map(signals.map((signal) => [signalKey(signal), answer(signal, since, account.world.clock.now())]));
  };
  return account;
}

beforeEach(() => {
  asked = [];
  history = { days: 14, shift: {} };
  account = withHistory(createAccount({ web }));
});

const kept = async () => (await account.stores.forecasts.load(["web"])).get("web")?.predictive;
const said = async (count: number) => (await account.record(count))?.proposals[0]?.reason;
const standing = async () => (await account.memory())?.standings.predictive;

describe("the quarter of an hour that makes forecasts", () => {
  it("reads one metric for 14 days, in steps of five minutes, and keeps what it makes of it", async () => {
    expect(await makeForecasts(account.world, account.fleet)).toEqual({ at: NOON, made: ["web/predictive"], none: [] });
    expect(asked).toMatchObject([{ signals: [{ period: 300 }], since: NOON - 14 * DAY }]);
    const found = await kept();
    expect(found).toMatchObject({
      is: "forecast",
      madeAt: NOON,
      packed: { step: 300, levels: [0.05, 0.5, 0.9, 0.95] },
    });
    expect(found?.is === "forecast" && found.packed.start).toBe(NOON - 300);
    expect(found?.is === "forecast" && found.yesterday[0]).toBeCloseTo(loadAt(NOON - 300 - DAY));
  });

  it("keeps why there is none", async () => {
    history.days = 1;
    const { made, none } = await makeForecasts(account.world, account.fleet);
    expect(made).toEqual([]);
    expect(none).toEqual([{ target: "web", policy: "predictive", why: expect.stringContaining("two") }]);
    expect(await kept()).toMatchObject({ is: "none", why: expect.stringContaining("two") });
    await account.tick(1);
    expect(await said(1)).toMatchObject({ code: "noForecast" });
  });

  it("keeps the last one when the history cannot be read", async () => {
    await makeForecasts(account.world, account.fleet);
    account.clock.pass(FORECAST_PERIOD_SECONDS);
    const throttled = surrounded(account.world, failing("signals.read", new Throttled("slow down")));
    const { none } = await makeForecasts(throttled, account.fleet);
    expect(none).toMatchObject([{ why: "its history could not be read: Throttled: slow down" }]);
    expect(await kept()).toMatchObject({ is: "forecast", madeAt: NOON });
  });

  it("learns from no more than the policy says, whatever others need", async () => {
    const short = { ...predictive, history: "3d" as const };
    history.shift = { since: NOON - 5 * DAY, factor: 5 };
    account = withHistory(
      createAccount({ web, api: following("api", { policies: [{ ...short, signal: metric("other") }] }) }),
    );
    await makeForecasts(account.world, account.fleet);
    const other = (await account.stores.forecasts.load(["api"])).get("api")?.predictive;
    const shifts = (found: typeof other) => (found?.is === "forecast" ? found.packed.repairs.shifts.length : undefined);
    expect([shifts(other), shifts(await kept())]).toEqual([0, 1]);
  });

  it("keeps what was forecast for a policy whose history cannot be read, beside what was made anew", async () => {
    const both = [predictive, { ...predictive, signal: metric("other") }];
    account = withHistory(createAccount({ web: following("web", { policies: both }) }));
    await makeForecasts(account.world, account.fleet);
    account.clock.pass(FORECAST_PERIOD_SECONDS);
    const { read } = account.world.signals;
    account.world.signals.read = async (signals, since) => {
      const found = await read(signals, since);
      for (const key of found.keys()) if (key.includes("other")) found.set(key, { is: "failed", why: "gone" });
      return found;
    };
    await makeForecasts(account.world, account.fleet);
    expect((await account.stores.forecasts.load(["web"])).get("web")).toMatchObject({
      predictive: { is: "forecast", madeAt: NOON + FORECAST_PERIOD_SECONDS },
      "predictive 2": { is: "forecast", madeAt: NOON },
    });
  });

  it("takes what is missing for 0 where a sibling reported", async () => {
    const signal = { ...load, zeroWhile: metric("hosts") };
    account = withHistory(createAccount({ web: following("web", { policies: [{ ...predictive, signal }] }) }));
    const { read } = account.world.signals;
    account.world.signals.read = async (signals, since) => {
      const found = await read(signals, since);
      const own = [...found].find(([key]) => key.includes("requests"));
      if (own?.[1].is === "series") {
        const day = own[1].points.filter(({ at }) => at % DAY >= 8 * HOUR);
        found.set(own[0], { ...own[1], points: day });
      }
      return found;
    };
    account.clock.set(NOON + 14 * HOUR);
    await makeForecasts(account.world, account.fleet);
    const found = await kept();
    if (found?.is !== "forecast") throw new Error("there is a forecast");
    const night = unpack(found.packed).point.slice(0, 12);
    expect(Math.max(...night)).toBeLessThan(60);
  });

  it("makes no difference when it comes twice", async () => {
    await makeForecasts(account.world, account.fleet);
    const first = await kept();
    await makeForecasts(account.world, account.fleet);
    expect(await kept()).toEqual(first);
  });

  it("keeps the newer one where a run ends after the next one", async () => {
    const { read } = account.world.signals;
    account.world.signals.read = async (signals, since) => {
      const found = await read(signals, since);
      account.world.signals.read = read;
      account.clock.pass(FORECAST_PERIOD_SECONDS);
      await makeForecasts(account.world, account.fleet);
      return found;
    };
    await makeForecasts(account.world, account.fleet);
    expect(await kept()).toMatchObject({ is: "forecast", madeAt: NOON + FORECAST_PERIOD_SECONDS });
  });

  it("may be about one target, and leaves alone who wants none", async () => {
    account = createAccount({ web, api: following("api") });
    expect(await makeForecasts(account.world, account.fleet, "api")).toMatchObject({ made: [], none: [] });
    expect(await account.stores.forecasts.load(["web", "api"])).toEqual(new Map());
  });

  it("fails loudly when nothing can be kept, so that it comes again", async () => {
    const throttled = surrounded(account.world, failing("forecasts.save", new Throttled("slow down")));
    await expect(makeForecasts(throttled, account.fleet)).rejects.toThrow(Throttled);
  });
});

/** Ticks every minute, and forecasts every quarter of an hour, so many minutes after whole ones. */
async function live(from: number, to: number, after = 0): Promise<void> {
  for (let count = from; count <= to; count += 1) {
    account.clock.set(minute(count));
    if (count % PERIOD === after) await makeForecasts(account.world, account.fleet);
    await account.tick(count);
  }
}

const types = () => account.published.map(({ type }) => type).filter((type) => type.startsWith("headroom.forecast"));

describe("a tick with a forecast", () => {
  it("sets what will be needed when new units serve", async () => {
    await live(0, 1);
    const record = await account.record(0);
    expect(record?.decision).toMatchObject({ is: "scale", reasons: [{ code: "forecastNeedsMore" }] });
    const { from = 0, to = 0 } = Object(record?.input.outlooks.predictive);
    expect([from, to]).toEqual([NOON + 300, NOON + 300 + 60 + 120]);
    const needed = loadAt(NOON + 300) / 10;
    expect(account.units.get("web")).toBeGreaterThanOrEqual(Math.floor(needed));
    expect(account.units.get("web")).toBeLessThan(1.15 * needed);
  });

  it("does without when forecasts cannot be read", async () => {
    await makeForecasts(account.world, account.fleet);
    await account.tick(1, failing("forecasts.load", new Throttled("slow down")));
    expect(await said(1)).toMatchObject({ code: "noForecast", data: { why: "none was made yet" } });
  });

  it("has none left when the last one was made too long ago", async () => {
    await makeForecasts(account.world, account.fleet);
    await account.tick(47 * 60);
    expect(await said(47 * 60)).not.toMatchObject({ code: "noForecast" });
    await account.tick(48 * 60);
    expect(await said(48 * 60)).toMatchObject({
      code: "noForecast",
      data: { why: "the one that was made 48 h ago has ended" },
    });
  });

  it("forgets no probation because forecasts cannot be read for once", async () => {
    await live(0, 60);
    history.shift = { since: minute(61), factor: 5 };
    await live(61, 125);
    await account.tick(126, failing("forecasts.load", new Throttled("slow down")));
    expect(await standing()).toMatchObject({ is: "probation" });
    await account.tick(127);
    expect(await standing()).toMatchObject({ is: "probation" });
    expect(types()).toEqual(["headroom.forecast.demoted"]);
  });

  it("takes no forecast for one of another quantile: it was made before the configuration changed", async () => {
    await live(0, 1);
    const target = account.fleet.targets.web;
    const [policy] = target?.policies ?? [];
    if (target === undefined || policy?.kind !== "predictive") throw new Error("there is one");
    policy.quantile = 0.99;
    const result = await account.tick(2);
    expect(result).toMatchObject({ records: [{ proposals: [{ reason: { code: "noForecast" } }] }] });
    await live(60, 61);
    expect(await standing()).toMatchObject({ level: 0.99 });
  });

  it("trusts what proves itself, and judges each step once", async () => {
    await live(0, 120);
    expect(await standing()).toMatchObject({ is: "trusted", level: 0.9 });
    expect(types()).toEqual([]);
    const judged = (await standing())?.at ?? 0;
    expect(minute(120) - judged).toBeLessThanOrEqual(600);
    expect((await standing())?.hour.seconds).toBeGreaterThan(2400);
  });
});

/** How many steps of five minutes were judged, from one tick to another. */
async function judgedFrom(from: number, to: number, after: number): Promise<number> {
  const judged = new Set<number>();
  for (let count = from; count <= to; count += 1) {
    await live(count, count, after);
    const { at = 0, since = 0 } = (await standing()) ?? {};
    if (at > since) judged.add(at);
  }
  return judged.size;
}

describe("over a day of forecasts that replace one another", () => {
  const steps = 24 * 12;

  it("every step is judged, the last of each forecast by the next one", async () => {
    expect(await judgedFrom(0, 24 * 60, 0)).toBeGreaterThan(0.98 * steps);
  });

  // Of such a forecast the step that ends where the next one begins is judged by neither.
  it("two steps of three are, where forecasts are made in the very minute in which a step has settled", async () => {
    expect(await judgedFrom(0, 24 * 60, 2)).toBeGreaterThan(0.65 * steps);
  });
});

describe("a load that becomes five times what it was", () => {
  it.each([
    ["at whole quarters of an hour", 0],
    ["when a step has just settled", 2],
  ])(
    "demotes its forecast, made %s, within the hour, which says so once and asks for nothing, and it comes back by itself",
    async (_, after) => {
      await live(0, 60, after);
      history.shift = { since: minute(61), factor: 5 };
      await live(61, 121, after);
      expect(types()).toEqual(["headroom.forecast.demoted"]);
      expect(await standing()).toMatchObject({ is: "probation", why: expect.stringContaining("quantile") });
      const seen = await account.tick(122);
      expect(seen).toMatchObject({ records: [{ proposals: [{ reason: { code: "forecastOnProbation" } }] }] });
      await live(123, 660, after);
      expect(types()).toEqual(["headroom.forecast.demoted", "headroom.forecast.promoted"]);
      expect(await standing()).toMatchObject({ is: "trusted" });
    },
  );
});

it("what shards remember of forecasts is kept by name", async () => {
  await live(0, 2);
  expect(Object.keys((await account.stores.shards.load(SHARD))?.targets.web?.standings ?? {})).toEqual(["predictive"]);
});
