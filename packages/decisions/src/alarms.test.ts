import { expect, it } from "vitest";
import { alarmName, targetOfAlarm } from "./alarms.ts";

it("an alarm is named after its fleet and target", () => {
  expect(alarmName("shop", "web")).toBe("headroom/shop/web");
});

it("the target of an alarm is the one that it is named after", () => {
  expect(targetOfAlarm("shop", alarmName("shop", "web"))).toBe("web");
  expect(targetOfAlarm("my shop", alarmName("my shop", "web-2"))).toBe("web-2");
});

it.each([
  { what: "another fleet", name: alarmName("cart", "web") },
  { what: "a fleet whose name goes on", name: alarmName("shop/eu", "web") },
  { what: "a fleet whose name begins alike", name: alarmName("shop2", "web") },
  { what: "no target", name: alarmName("shop", "") },
  { what: "somebody else", name: "TargetTracking-service/shop/web-AlarmHigh" },
  { what: "nothing", name: "" },
])("an alarm of $what has no target here", ({ name }) => {
  expect(targetOfAlarm("shop", name)).toBeUndefined();
});
