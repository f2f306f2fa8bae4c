import { billOf } from "@headroom/twin/bill";
import { expect, it } from "vitest";
import { costTable } from "./cost-table.ts";

const quantities = {
  ...{
    metricsRead: 43_800,
    alarmMetrics: 11,
    customMetrics: 0,
    dashboards: 0,
    lambdaRequests: 0,
    lambdaMilliseconds: 0,
    dynamoReads: 0,
  },
  ...{
    dynamoWrites: 0,
    storedGigabytes: 0,
    sqsRequests: 2_000_000,
    events: 0,
    schedulerInvocations: 0,
    logGigabytes: 0,
  },
};

it("has a line an item, the total, what dominates, and what AWS's own would cost", () => {
  const text = costTable({
    ...billOf(quantities),
    ...{ fleet: "shop", targets: 2, playedSeconds: 6 * 3600, pricesOf: "2026-11-22", dominates: "alarmMetrics" },
    targetTracking: { alarms: 4, usd: 0.4 },
  });
  const lines = text.split("\n");
  expect(lines[0]).toMatch(/^ITEM +A MONTH +UNIT +PRICE +USD +AFTER FREE TIER$/);
  expect(lines[1]).toMatch(/^alarms +11 +metrics +\$0\.10 +1\.10 +0\.10$/);
  expect(lines[2]).toMatch(/^SQS requests +2,000,000 +requests +\$0\.4 per 1,000,000 +0\.80 +0\.40$/);
  expect(text).toMatch(/^total +2\.34 +0\.94$/m);
  expect(text).toContain("$2.34 a month for 2 targets; $0.94 in an account that uses nothing else.");
  expect(text).toContain("Most of it is for alarms (47 %). Eleven watch Headroom itself");
  expect(text).toContain("two alarms a target: 4 alarms, $0.40 a month.");
  expect(text).toContain("Metered over 6 h in the simulated account, as 730 h; list prices in us-east-1 of 2026-11-22");
});
