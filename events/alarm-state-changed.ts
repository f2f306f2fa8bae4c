import * as z from "zod";

export const type = "CloudWatch Alarm State Change";

// AWS owns this event and adds to it: unknown keys are left alone. Only what is used is demanded.

/** In: a CloudWatch alarm changed its state (EventBridge, source `aws.cloudwatch`). */
export const alarmStateChanged = z.looseObject({
  source: z.literal("aws.cloudwatch"),
  "detail-type": z.literal(type),
  account: z.string(),
  region: z.string(),
  time: z.iso.datetime(),
  detail: z.looseObject({
    alarmName: z.string().min(1),
    state: z.looseObject({
      value: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
      /** JSON text that names the datapoints; composite alarms and new ones have other shapes, or none. */
      reasonData: z.string().optional(),
    }),
  }),
});
export type AlarmStateChanged = z.infer<typeof alarmStateChanged>;

const reasonData = z.looseObject({
  period: z.number().positive(),
  /** Where the first of the `recentDatapoints` begins. */
  startDate: z.string().default(""),
  recentDatapoints: z.array(z.unknown()).default([]),
  /** With their instants, where CloudWatch gives them. */
  evaluatedDatapoints: z.array(z.looseObject({ timestamp: z.string() })).default([]),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the datapoints are a hint for reading; without one the target is looked at all the same
  }
}

/** Starts of the periods whose datapoints the alarm was about, in seconds since the epoch; empty when it names none. */
export function namedPeriods(event: AlarmStateChanged): number[] {
  const data = reasonData.safeParse(parsed(event.detail.state.reasonData ?? ""));
  if (!data.success) return [];
  const { period, startDate, recentDatapoints, evaluatedDatapoints } = data.data;
  const first = Date.parse(startDate) / 1000;
  const instants = [
    ...recentDatapoints.map((_, index) => first + index * period),
    ...evaluatedDatapoints.map(({ timestamp }) => Date.parse(timestamp) / 1000),
  ];
  return [...new Set(instants.filter((at) => Number.isFinite(at)))].sort((a, b) => a - b);
}

/** As AWS documents it for a metric alarm, with one of our alarms' names. */
export const sample: z.input<typeof alarmStateChanged> = {
  version: "0",
  id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
  "detail-type": type,
  source: "aws.cloudwatch",
  account: "123456789012",
  time: "2026-01-01T12:03:10Z",
  region: "eu-west-1",
  resources: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:headroom/production/shop/web"],
  detail: {
    alarmName: "headroom/production/shop/web",
    state: {
      value: "ALARM",
      reason: "Threshold Crossed: 1 out of the last 1 datapoints [97.2 (01/01/26 12:01:00)] was greater than 75.0.",
      reasonData:
        '{"version":"1.0","queryDate":"2026-01-01T12:03:10.000+0000","startDate":"2026-01-01T12:01:00.000+0000","statistic":"Average","period":60,"recentDatapoints":[97.2],"threshold":75.0,"evaluatedDatapoints":[{"timestamp":"2026-01-01T12:01:00.000+0000","sampleCount":4.0,"value":97.2}]}',
      timestamp: "2026-01-01T12:03:10.000+0000",
    },
    previousState: { value: "OK", timestamp: "2026-01-01T11:40:10.000+0000" },
    configuration: { metrics: [] },
  },
};
