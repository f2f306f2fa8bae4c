import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeRuleCommand, TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { expect } from "vitest";
import { desiredOf, lastMinute, putLoad } from "../beside.ts";
import { changesOf } from "../changes.ts";
import type { Deployment } from "../deployment.ts";
import { passesOf } from "../passes.ts";
import { recordsOf } from "../records.ts";
import { alarmEvent, announce } from "../stand-ins.ts";
import { waitingIn } from "../waiting.ts";
import { atOnce, type Story, soon } from "./story.ts";

async function takes({ here, parts }: Deployment, event: object): Promise<boolean | undefined> {
  const name = parts.alarm.name.replace(/alarm$/, "alarms");
  const { EventPattern } = await here.events.send(new DescribeRuleCommand({ Name: name }));
  const asked = new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) });
  return (await here.events.send(asked)).Result;
}

/** Alarm → EventBridge → queue → function → ECS. */
export const alarms: Story = (deployed, check) => {
  check("the rule takes alarms of ours that go off, and no others", async () => {
    const minute = lastMinute();
    const { alarm } = deployed();
    expect(await takes(deployed(), alarmEvent({ alarm, state: "ALARM", minute }))).toBe(true);
    expect(await takes(deployed(), alarmEvent({ alarm, state: "OK", minute }))).toBe(false);
    expect(await takes(deployed(), alarmEvent({ alarm: "headroom/shop/web", state: "ALARM", minute }))).toBe(false);
  });

  check("an alarm goes off because load went up, and its target is raised at once", async () => {
    const { here, alarm, announced, parts, recorder } = deployed();
    const minute = lastMinute();
    await putLoad(here, 50, minute);
    await announce(here, { alarm, state: "ALARM", minute });
    await expect.poll(() => desiredOf(here, "web"), soon).toBe(5);
    await expect.poll(() => changesOf("web", announced), soon).toEqual(["2 → 5"]);
    const [record] = await recordsOf("web", parts.table.name, recorder.endpoint);
    expect(record).toMatchObject({ outcome: { is: "done" }, decision: { is: "scale", from: 2, to: 5 } });
  });

  check("the same event again changes nothing more", async () => {
    const { here, alarm, announced, parts } = deployed();
    const before = await passesOf(here, parts.alarm);
    const change = { alarm, state: "ALARM", minute: lastMinute() } as const;
    await putLoad(here, 50, change.minute + 60); // a new minute may have begun
    await announce(here, change);
    await announce(here, change);
    await expect.poll(() => passesOf(here, parts.alarm), soon).toBeGreaterThan(before);
    await expect.poll(() => waitingIn(here, parts.woken), soon).toBe(0);
    expect(await desiredOf(here, "web")).toBe(5);
    expect(await changesOf("web", announced)).toEqual(["2 → 5"]);
  });

  check("alarms that go off within five seconds are one pass", async () => {
    const { here, alarm, parts } = deployed();
    const before = await passesOf(here, parts.alarm);
    const change = { alarm, state: "ALARM", minute: lastMinute() } as const;
    await announce(here, change);
    const isFirstTaken = expect.poll(() => passesOf(here, parts.alarm), { timeout: 3_000 }).toBeGreaterThan(before);
    await isFirstTaken.catch(() => undefined); // it should still wait for others
    await announce(here, change);
    await expect.poll(() => waitingIn(here, parts.woken), soon).toBe(0);
    await expect.poll(() => passesOf(here, parts.alarm), soon).toBeGreaterThan(before);
    expect(await passesOf(here, parts.alarm)).toBe(before + 1);
  });

  check("CloudWatch itself says on the bus that an alarm went off", async () => {
    const { here, alarm, parts } = deployed();
    const before = await passesOf(here, parts.alarm);
    await putLoad(here, 50, lastMinute() + 60);
    const state = async () => {
      const { MetricAlarms = [] } = await here.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
      return MetricAlarms[0]?.StateValue;
    };
    await expect.poll(state, soon).toBe("ALARM");
    await expect.poll(() => passesOf(here, parts.alarm), atOnce).toBeGreaterThan(before);
  });
};
