import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, daily, HOUR, MONDAY } from "../builders/loads.ts";
import { newFolder } from "./headroom.ts";
import { inProcess } from "./in-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  const rows = (days: number) =>
    Array.from({ length: days * 96 }, (_, index) => MONDAY + index * 900)
      .filter((at) => at < MONDAY + 9 * DAY || at >= MONDAY + 9 * DAY + 3 * HOUR)
      .map((at) => `${at},${daily(at).toFixed(3)}`);
  await writeFile(join(folder, "load.csv"), ["timestamp,value", ...rows(14)].join("\n"));
  await writeFile(join(folder, "short.csv"), ["timestamp,value", ...rows(1)].join("\n"));
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (line: string) => inProcess(folder, `forecast ${line}`.trim().split(" "));

describe("headroom forecast", { timeout: 60_000 }, () => {
  it("prints JSON alone", async () => {
    const { code, stdout } = await ask("--trace load.csv --horizon 6h --json");
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ trace: "load.csv", is: "forecast", start: MONDAY + 14 * DAY, stepSeconds: 900 });
    expect(Object.keys(found.quantiles)).toEqual(["0.1", "0.5", "0.9", "0.95"]);
    expect(found.quantiles["0.9"]).toHaveLength(24);
    expect(found.point).toHaveLength(24);
    expect(found.seasons.map(({ name }: { name: string }) => name)).toContain("day");
    expect(found.weights[0].weights[0]).toMatchObject({ expert: expect.any(String), weight: expect.any(Number) });
    expect(found.repairs).toMatchObject({ gaps: 1, filled: 12 });
    expect(found.accuracy.relativeError).toBeLessThan(0.8);
    expect(found.accuracy.coverage90).toBeGreaterThan(0.8);
  });

  it("forecasts 48 hours in at most 48 rows, and says beside it what they are made of", async () => {
    const { code, stdout, stderr } = await ask("--trace load.csv");
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(49);
    expect(lines[0]).toMatch(/^FROM \(UTC\) +EXPECTED +QUANTILE 0.1 +QUANTILE 0.5 +QUANTILE 0.9 +QUANTILE 0.95$/);
    expect(lines[1]).toMatch(/^2026-01-19 00:00 +\d/);
    expect(lines.at(-1)).toMatch(/^2026-01-20 23:00 +\d/);
    for (const says of ["Seasons: day", "48 h ahead: ", "times that; ", "Repaired: 1 gaps filled (12 steps)"]) {
      expect(stderr).toContain(says);
    }
  });

  it("says that there is none, and why", async () => {
    const why = "the history is 1 days long: a forecast needs two";
    const [text, json] = await Promise.all([ask("--trace short.csv"), ask("--trace short.csv --json")]);
    expect(text).toMatchObject({ code: 0, stdout: `No forecast: ${why}.\n` });
    expect(JSON.parse(json.stdout)).toMatchObject({ trace: "short.csv", is: "none", why });
  });

  it.each([
    ["", "Name either a target of the running control plane or a recorded load"],
    ["--trace gone.csv", "gone.csv: there is no such file"],
    ["--trace load.csv --horizon 2", "'2' is invalid. Write a number above 0 and one of the units"],
    ["--trace load.csv --horizon 1m", "--horizon is 1 min: from one interval of load.csv (15 min) to 168 h"],
    ["--trace load.csv --horizon 30d", "--horizon is 720 h: "],
    ["--trace load.csv --jso", "(Did you mean --json?)"],
  ])("%s is refused", async (line, says) => {
    const { code, stdout, stderr } = await ask(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});
