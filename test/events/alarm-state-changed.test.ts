import { parse } from "@headroom/decisions/parse";
import { describe, expect, it } from "vitest";
import { alarmStateChanged, namedPeriods, sample } from "#events/alarm-state-changed";
import { about, backToOk, named, ofAlarms, ofMath, ofMetric, ofSeries, withoutData } from "../builders/alarms.ts";

const read = (payload: unknown) => parse(alarmStateChanged, JSON.parse(JSON.stringify(payload)), "the event");
const at = (text: string) => Date.parse(text) / 1000;

describe("an alarm's change of state", () => {
  it.each([
    ["of one metric", ofMetric, [at("2019-10-02T16:59:00Z")]],
    ["of an expression", ofMath, [at("2019-10-02T17:10:00Z")]],
    ["of other alarms", ofAlarms, []],
    ["of many series", ofSeries, []],
    ["back to OK", backToOk, [at("2019-10-01T13:46:00Z")]],
    ["without data", withoutData, [at("2019-10-02T17:19:00Z")]],
    ["with instants of its datapoints", sample, [at("2026-01-01T12:01:00Z")]],
    ["about several periods", about("x", [600, 660, 540]), [540, 600, 660]],
  ])("%s is taken as AWS sends it, and names its periods", (_, payload, periods) => {
    const event = read(payload);
    expect(event).toEqual(payload);
    expect(namedPeriods(event)).toEqual(periods);
  });

  it("names the periods of all its recent datapoints", () => {
    const reasonData = '{"startDate":"2019-10-02T16:00:00.000+0000","period":300,"recentDatapoints":[1.0,2.0,3.0]}';
    const event = read({ ...ofMetric, detail: { alarmName: "x", state: { value: "ALARM", reasonData } } });
    const first = at("2019-10-02T16:00:00Z");
    expect(namedPeriods(event)).toEqual([first, first + 300, first + 600]);
  });

  it.each(["", "{", "null", "[]", '{"period":0}', '{"period":60,"recentDatapoints":[1],"startDate":"once"}'])(
    "with a reason that is %j names none, and is taken all the same",
    (reasonData) => {
      const event = read({ ...ofMetric, detail: { alarmName: "x", state: { value: "ALARM", reasonData } } });
      expect(namedPeriods(event)).toEqual([]);
    },
  );

  it.each([
    ["of configuration", { ...ofMetric, "detail-type": "CloudWatch Alarm Configuration Change" }],
    ["of somebody else", { ...ofMetric, source: "aws.ec2" }],
    ["without name", named("")],
    ["of an unknown state", { ...ofMetric, detail: { ...ofMetric.detail, state: { value: "WORRIED" } } }],
  ])("%s is refused", (_, payload) => {
    expect(() => read(payload)).toThrow(/^the event has 1 problem/);
  });
});
