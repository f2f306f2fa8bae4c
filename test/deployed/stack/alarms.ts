import { PutMetricAlarmCommand, Statistic } from "@aws-sdk/client-cloudwatch";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import type { Noun } from "./noun.ts";

const statisticOf = z.enum(Statistic);

/** Alarms on one metric. Those on metric math are left out: MiniStack has none (test/aws/gaps). */
export const alarms: Noun = {
  types: [kinds.alarm.type],
  async standUp(template, { cloudwatch }) {
    for (const alarm of every(template, kinds.alarm)) {
      if (alarm.metricName === undefined) continue;
      await cloudwatch.send(
        new PutMetricAlarmCommand({
          ...{ AlarmName: alarm.name, Namespace: alarm.namespace, MetricName: alarm.metricName },
          Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
          ...(alarm.statistic !== undefined && { Statistic: statisticOf.parse(alarm.statistic) }),
          ...(alarm.extendedStatistic !== undefined && { ExtendedStatistic: alarm.extendedStatistic }),
          ...{ Period: alarm.period, EvaluationPeriods: alarm.evaluationPeriods, Threshold: alarm.threshold },
          ...{ ComparisonOperator: alarm.comparisonOperator, TreatMissingData: alarm.treatMissingData },
          AlarmActions: alarm.alarmActions,
        }),
      );
    }
  },
};
