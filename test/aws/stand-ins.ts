import type { StandIn } from "./recorder.ts";

/** "There is none", in AWS's JSON protocol. */
function none(list: string) {
  return { type: "application/x-amz-json-1.1", body: JSON.stringify({ [list]: [] }) };
}

function noneInXml(operation: string, list: string) {
  const body = `<${operation}Response><${operation}Result><${list}/></${operation}Result></${operation}Response>`;
  return { type: "text/xml", body };
}

/** moto answers an operation that it lacks with a page for browsers. */
export const motoStandIns: readonly StandIn[] = [
  {
    action: "autoscaling:DescribeInstanceRefreshes",
    says: /<!doctype html>/i,
    answer: noneInXml("DescribeInstanceRefreshes", "InstanceRefreshes"),
  },
];

/** MiniStack has no Application Auto Scaling: nothing is registered there. */
export const ministackStandIns: readonly StandIn[] = [
  ["DescribeScalableTargets", "ScalableTargets"],
  ["DescribeScalingPolicies", "ScalingPolicies"],
  ["DescribeScheduledActions", "ScheduledActions"],
].map(([operation = "", list = ""]) => ({
  action: `application-autoscaling:${operation}`,
  says: /Unsupported service: application-autoscaling/,
  answer: none(list),
}));
