import { isProduction, named } from "./stage.ts";

const log = (name: string, what: string) =>
  new aws.cloudwatch.LogGroup(
    name,
    { name: `/aws/lambda/${named(what)}`, retentionInDays: 30 },
    { retainOnDelete: isProduction },
  );

export const logs = {
  tick: log("TickLogs", "tick"),
  shard: log("ShardLogs", "shard"),
  alarm: log("AlarmLogs", "alarm"),
};
