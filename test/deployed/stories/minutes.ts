import { InvokeCommand } from "@aws-sdk/client-lambda";
import { TICK_SECONDS } from "@headroom/loops/tick";
import { expect } from "vitest";
import * as z from "zod";
import { createOpenQueue, desiredOf, lastMinute, putLoad } from "../beside.ts";
import { changesOf } from "../changes.ts";
import { type Inbox, inboxOf } from "../inbox.ts";
import { passesOf } from "../passes.ts";
import { recordsOf } from "../records.ts";
import { createProbe, createSchedules } from "../stack/schedules.ts";
import { inputAt } from "../stand-ins.ts";
import { type Story, soon } from "./story.ts";

/** The scheduler fires a minute after it was told to, and looks every ten seconds whether it should. */
const aMinute = { timeout: 100_000, interval: 500 };

/** Scheduler → tick → queue → a function for each shard → ECS, here and in another Region. */
export const minutes: Story = (deployed, check) => {
  /** The instant of the first tick, in seconds since the epoch. */
  let first = Number.NaN;
  let probed: Inbox = async () => [];

  check("load goes up, and the minute's tick raises what is here and what is elsewhere", async () => {
    const { here, there, announced, parts, recorder, template } = deployed();
    const minute = lastMinute();
    for (const each of [minute, minute + 60, minute + 120, minute + 180]) await putLoad(here, 200, each);
    first = Math.floor(Date.now() / 1000) + TICK_SECONDS;
    await createSchedules(template, here, inputAt(first));
    const { url, arn } = await createOpenQueue(here, "probe");
    probed = inboxOf(here, url);
    await createProbe(template, here, arn);
    await expect.poll(() => desiredOf(here, "web"), aMinute).toBe(10);
    await expect.poll(() => desiredOf(there, "images"), soon).toBeGreaterThan(1);
    await expect.poll(() => changesOf("web", announced), soon).toEqual(["2 → 5", "5 → 10"]);
    const records = await recordsOf("web", parts.table.name, recorder.endpoint);
    expect(records.at(-1)?.input.at).toBe(first);
  });

  check("people are told what they should know: the service is at its maximum", async () => {
    await expect
      .poll(deployed().told, soon)
      .toContainEqual({ fleet: "deployed", target: "web", "headroom says": expect.stringContaining("maximum") });
  });

  check("the same tick again changes nothing", async () => {
    const { here, there, announced, parts } = deployed();
    const before = await passesOf(here, parts.shard);
    const images = await desiredOf(there, "images");
    const Payload = JSON.stringify(inputAt(first)({ version: 1, at: "<aws.scheduler.scheduled-time>" }));
    const { FunctionError } = await here.lambda.send(new InvokeCommand({ FunctionName: parts.tick.name, Payload }));
    expect(FunctionError).toBeUndefined();
    await expect.poll(() => passesOf(here, parts.shard), soon).toBeGreaterThanOrEqual(before + 2);
    expect([await desiredOf(here, "web"), await desiredOf(there, "images")]).toEqual([10, images]);
    expect(await changesOf("web", announced)).toEqual(["2 → 5", "5 → 10"]);
  });

  check("the scheduler puts the scheduled time in its place", async () => {
    await expect.poll(probed, { ...aMinute, timeout: 30_000 }).not.toEqual([]);
    const [sent] = await probed();
    expect(z.object({ at: z.string() }).parse(sent).at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });
};
