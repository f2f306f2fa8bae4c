import { Denied } from "@headroom/decisions/errors";
import { expect, it, onTestFinished, vi } from "vitest";
import { context, keptLog } from "../test/builders/lambda.ts";
import { createAccount, following, minute } from "../test/loops/world.ts";
import { lambdaLog } from "./edge.ts";
import { logPass } from "./pass.ts";
import { tickFunction } from "./tick.ts";

const iso = (at: number) => new Date(at * 1000).toISOString();

it("a pass counts its targets by what became of them", async () => {
  const ids = ["web", "api", "shop", "jobs"];
  const account = createAccount(Object.fromEntries(ids.map((id) => [id, following(id)])));
  account.load.set("web", 150);
  account.load.set("api", 150);
  account.unreadable.add("shop");
  const { set } = account.world.capacities;
  account.world.capacities.set = async (target, units) => {
    if (target.id === "api") throw new Denied("not yours");
    return set(target, units);
  };
  const { log, lines } = keptLog();
  account.clock.set(minute(0) + 2);
  await tickFunction(account.world, account.fleet, log)({ at: iso(minute(0)) }, context());
  expect(lines.map(([level, says]) => [level, says])).toEqual([
    ["info", "pass"],
    ["info", "done"],
  ]);
  const counts = { Passes: 1, Targets: 4, Held: 2, Scaled: 1, Failed: 2, Waiting: 0 };
  expect(lines[0]?.[2]).toMatchObject({ function: "a-function", ...counts, _aws: { Timestamp: minute(0) * 1000 } });
});

it("a pass is one line in the embedded metric format: what it names is in it, as numbers", () => {
  const written = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  onTestFinished(() => written.mockRestore());
  logPass(lambdaLog(), context(), minute(0), []);
  const text = written.mock.calls.map(([chunk]) => String(chunk)).join("");
  written.mockRestore();
  const line = JSON.parse(text);
  const [directive] = line._aws.CloudWatchMetrics;
  expect(directive).toMatchObject({ Namespace: "Headroom", Dimensions: [["function"]] });
  expect(line.function).toBe("a-function");
  for (const { Name } of directive.Metrics) expect(line[Name]).toEqual(expect.any(Number));
});
