import type * as z from "zod";
import type { alarmStateChanged } from "#events/alarm-state-changed";

// Events of CloudWatch alarms as AWS documents them ("Alarm events and EventBridge", CloudWatch user guide, 2026).

type AlarmEvent = z.input<typeof alarmStateChanged>;
type State = AlarmEvent["detail"]["state"];

function event(alarmName: string, time: string, state: State, more: Record<string, unknown> = {}): AlarmEvent {
  return {
    ...{ version: "0", id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92", "detail-type": "CloudWatch Alarm State Change" },
    ...{ source: "aws.cloudwatch", account: "123456789012", time, region: "us-east-1" },
    resources: [`arn:aws:cloudwatch:us-east-1:123456789012:alarm:${alarmName}`],
    detail: { alarmName, state, ...more },
  };
}

const cpu = {
  id: "30b6c6b2-a864-43a2-4877-c09a1afc3b87",
  metricStat: {
    metric: { dimensions: { InstanceId: "i-12345678901234567" }, name: "CPUUtilization", namespace: "AWS/EC2" },
    ...{ period: 300, stat: "Average" },
  },
  returnData: true,
};

const calm = {
  reason:
    "Threshold Crossed: 1 out of the last 1 datapoints [0.0666851903306472 (01/10/19 13:46:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
  reasonData:
    '{"version":"1.0","queryDate":"2019-10-01T13:56:40.985+0000","startDate":"2019-10-01T13:46:00.000+0000","statistic":"Average","period":300,"recentDatapoints":[0.0666851903306472],"threshold":50.0}',
  timestamp: "2019-10-01T13:56:40.987+0000",
  value: "OK" as const,
};

/** Of one metric. */
export const ofMetric = event(
  "ServerCpuTooHigh",
  "2019-10-02T17:04:40Z",
  {
    reason:
      "Threshold Crossed: 1 out of the last 1 datapoints [99.50160229693434 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
    reasonData:
      '{"version":"1.0","queryDate":"2019-10-02T17:04:40.985+0000","startDate":"2019-10-02T16:59:00.000+0000","statistic":"Average","period":300,"recentDatapoints":[99.50160229693434],"threshold":50.0}',
    timestamp: "2019-10-02T17:04:40.989+0000",
    value: "ALARM",
  },
  {
    configuration: { description: "Goes into alarm when server CPU utilization is too high!", metrics: [cpu] },
    previousState: calm,
    muteDetail: {
      mutedByArn: "arn:aws:cloudwatch:us-east-1:1234567890:alarm-mute-rule:testMute",
      muteWindowStart: "2026-01-01T10:00:00.000+0000",
      muteWindowEnd: "2026-01-01T12:00:00.000+0000",
    },
  },
);

/** The same, back to OK. */
export const backToOk = event("ServerCpuTooHigh", "2019-10-01T13:56:40Z", calm, {
  previousState: ofMetric.detail.state,
});

/** Of an expression over metrics, right after it was made. */
export const ofMath = event(
  "TotalNetworkTrafficTooHigh",
  "2019-10-02T17:20:48Z",
  {
    reason:
      "Threshold Crossed: 1 out of the last 1 datapoints [45628.0 (02/10/19 17:10:00)] was greater than the threshold (10000.0) (minimum 1 datapoint for OK -> ALARM transition).",
    reasonData:
      '{"version":"1.0","queryDate":"2019-10-02T17:20:48.551+0000","startDate":"2019-10-02T17:10:00.000+0000","period":300,"recentDatapoints":[45628.0],"threshold":10000.0}',
    timestamp: "2019-10-02T17:20:48.554+0000",
    value: "ALARM",
  },
  {
    configuration: {
      metrics: [{ expression: "SUM(METRICS())", id: "e1", label: "Total Network Traffic", returnData: true }],
    },
    previousState: {
      ...{ reason: "Unchecked: Initial alarm creation", timestamp: "2019-10-02T17:20:03.642+0000" },
      value: "INSUFFICIENT_DATA",
    },
  },
);

/** Of other alarms: its reason names alarms, and no datapoints. */
export const ofAlarms = event(
  "ServiceAggregatedAlarm",
  "2022-07-22T15:57:45Z",
  {
    ...{ actionsSuppressedBy: "WaitPeriod", actionsSuppressedReason: "Actions suppressed by WaitPeriod" },
    value: "ALARM",
    reason:
      "arn:aws:cloudwatch:us-east-1:123456789012:alarm:SuppressionDemo.EventBridge.FirstChild transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC",
    reasonData:
      '{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:ServerCpuTooHigh","state":{"value":"ALARM","timestamp":"2022-07-22T15:57:45.394+0000"}}]}',
    timestamp: "2022-07-22T15:57:45.394+0000",
  },
  { configuration: { alarmRule: "ALARM(ServerCpuTooHigh) OR ALARM(TotalNetworkTrafficTooHigh)" } },
);

/** Of many time series: it has no data for its reason at all. */
export const ofSeries = event("DynamoDBInsightsAlarm", "2025-12-01T13:42:04Z", {
  value: "ALARM",
  reason: "6 out of 6 time series evaluated to ALARM",
  timestamp: "2025-12-01T13:42:04.919+0000",
});

/** That cannot tell. */
export const withoutData = event("ServerCpuTooHigh", "2019-10-02T17:24:40Z", {
  value: "INSUFFICIENT_DATA",
  reason: "Insufficient Data: 1 datapoint was unknown.",
  reasonData:
    '{"version":"1.0","queryDate":"2019-10-02T17:24:40.985+0000","statistic":"Average","period":300,"recentDatapoints":[],"threshold":50.0,"evaluatedDatapoints":[{"timestamp":"2019-10-02T17:19:00.000+0000"}]}',
  timestamp: "2019-10-02T17:24:40.989+0000",
});

/** The same event for another alarm. */
export function named(alarmName: string, { detail, ...rest }: AlarmEvent = ofMetric): AlarmEvent {
  return { ...rest, detail: { ...detail, alarmName } };
}

/** A fleet's alarm that is about the periods beginning at these instants (seconds since the epoch). */
export function about(alarmName: string, periods: readonly number[], period = 60): AlarmEvent {
  const iso = (at: number) => new Date(at * 1000).toISOString().replace("Z", "+0000");
  const evaluatedDatapoints = periods.map((at) => ({ timestamp: iso(at), sampleCount: 4, value: 1e9 }));
  const reasonData = JSON.stringify({
    version: "1.0",
    period,
    recentDatapoints: [],
    threshold: 75,
    evaluatedDatapoints,
  });
  const { detail, ...rest } = ofMetric;
  return { ...rest, detail: { ...detail, alarmName, state: { ...detail.state, reasonData } } };
}
