import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { headroom, newFolder, start } from "./headroom.ts";

const count = z.int().nonnegative();

/** The object that `dev --for --json` promises. */
const report = z.strictObject({
  virtualHours: z.number(),
  wallSeconds: z.number(),
  targets: z.array(
    z.strictObject({
      ...{ id: z.string(), kind: z.string(), ticks: count, scaled: count, held: count },
      ...{ minCapacity: count, maxCapacity: count, unitHours: z.number(), sloMinutesViolated: count },
      reasons: z.record(z.string(), z.int().positive()),
    }),
  ),
  events: z.strictObject({ delivered: count, duplicated: count, rejected: count }),
  billable: z.record(z.string(), count),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => rm(folder, { recursive: true }));

async function simulated(...args: string[]): Promise<z.infer<typeof report>> {
  const { code, stdout, stderr } = await headroom(folder, ["dev", "--speed", "max", "--json", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^Simulates .+\n$/) });
  return report.parse(JSON.parse(stdout));
}

describe("headroom dev --for", { timeout: 60_000 }, () => {
  it("prints one JSON object that adds up, and writes nothing", async () => {
    const { targets, ...rest } = await simulated("--for", "6h");
    expect(rest.virtualHours).toBe(6);
    expect(targets.map(({ id }) => id)).toEqual(["web", "thumbnails", "search", "checkout"]);
    for (const { ticks, scaled, held, reasons, minCapacity, maxCapacity, unitHours } of targets) {
      expect(ticks).toBe(360);
      expect(scaled + held).toBe(ticks);
      expect(Object.values(reasons).reduce((sum, each) => sum + each, 0)).toBe(ticks);
      expect(minCapacity).toBeLessThanOrEqual(maxCapacity);
      expect(unitHours).toBeGreaterThanOrEqual(6 * minCapacity);
    }
    expect(targets.some(({ scaled }) => scaled > 0)).toBe(true);
    expect(rest.events.delivered - rest.events.duplicated).toBe(360);
    expect(rest.events.duplicated).toBeGreaterThan(0); // which are not counted as ticks
    // Ticks, and each quarter of an hour the forecasts.
    expect(rest.billable).toMatchObject({ schedulerInvocations: 384 });
    expect(await readdir(folder)).toEqual([]);
  });

  it("gives the same run for the same seed at any speed, and another for another seed", async () => {
    const runs = await Promise.all([
      simulated("--for", "30m"),
      simulated("--for", "30m", "--seed", "1", "--speed", "6000"),
      simulated("--for", "30m", "--seed", "2"),
    ]);
    const [first, again, other] = runs.map(({ wallSeconds: _, ...rest }) => rest);
    expect(again).toEqual(first);
    expect(other?.fingerprint).not.toBe(first?.fingerprint);
  });

  it("plays recorded load, and says what it had to make up", async () => {
    const rows = Array.from({ length: 30 }, (_, minute) => [1_767_571_200 + minute * 60, 6000 + minute * 600]);
    const lines = rows.filter((_, index) => index !== 7).map((row) => row.join(","));
    await writeFile(join(folder, "load.csv"), ["timestamp,value", ...lines].join("\n"));
    const args = ["dev", "--speed", "max", "--for", "40m", "--trace", "web=load.csv"];
    const { code, stdout, stderr } = await headroom(folder, args);
    expect(code).toBe(0);
    expect(stderr.split("\n").filter((line) => line.startsWith("note: web: load.csv"))).toHaveLength(3);
    expect(stderr).toContain("note: web: load.csv has no past: forecasts begin as it goes on\n");
    expect(stdout.split("\n")[0]).toMatch(/^TARGET +KIND +TICKS +SCALED +HELD/);
    expect(stdout).toMatch(/^fingerprint [0-9a-f]{64}$/m);
    await rm(join(folder, "load.csv"));
  });

  it("whose ticks fail says so with the first error, prints what there is, and ends with exit code 1", async () => {
    // More messages than can be added up: the queue answers NaN, which no record can hold.
    await writeFile(join(folder, "huge.csv"), "timestamp,value\n0,1e308\n60,1e308\n120,1e308\n");
    const args = ["dev", "--speed", "max", "--for", "20m", "--json", "--trace", "thumbnails=huge.csv"];
    const { code, stdout, stderr } = await headroom(folder, args);
    expect(code).toBe(1);
    expect(report.parse(JSON.parse(stdout))).toMatchObject({ virtualHours: 0.333, events: { rejected: 0 } });
    expect(stderr.match(/^error: .*$/gm)).toEqual([
      expect.stringContaining("a defect in Headroom"),
      expect.stringMatching(/^error: \d+ of 2\d ticks failed; the first error is above$/),
    ]);
    await rm(join(folder, "huge.csv"));
  });

  it("prints what there is when it is stopped early", async () => {
    const running = start(folder, ["dev", "--for", "30d", "--speed", "max", "--json"]);
    await running.until(/Ctrl-C/);
    running.child.kill("SIGINT");
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(report.parse(JSON.parse(stdout)).virtualHours).toBeLessThan(720);
  });
});
