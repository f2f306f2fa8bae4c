import { isProduction, named } from "./stage.ts";

/** The log of a function, by the name of the resource and of the function. */
export const log = (name: string, what: string) =>
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
