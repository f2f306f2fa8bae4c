import { amount, percent, time } from "@headroom/decisions/say";
import { type Price, prices } from "@headroom/twin/prices";
import { type Column, table } from "../text/table.ts";
import type { Estimate } from "./estimate.ts";
import { items } from "./items.ts";

type Line = Estimate["lines"][number];

const columns: Column[] = [
  { head: "ITEM" },
  { head: "A MONTH", align: "right" },
  { head: "UNIT" },
  { head: "PRICE", align: "right" },
  { head: "USD", align: "right" },
  { head: "AFTER FREE TIER", align: "right" },
];

const dollars = (usd: number) => usd.toFixed(2);

function priceOf({ usd, per }: Price): string {
  return per === 1 ? `$${dollars(usd)}` : `$${amount(usd)} per ${per.toLocaleString("en-GB")}`;
}

function row({ item, quantity, usd, afterFreeTier }: Line): string[] {
  const { name, unit } = items[item];
  return [name, amount(quantity), unit, priceOf(prices[item]), dollars(usd), dollars(afterFreeTier)];
}

function dominance({ lines, dominates, usd }: Estimate): string {
  const most = lines.find(({ item }) => item === dominates)?.usd ?? 0;
  const share = usd > 0 ? most / usd : 0;
  return `Most of it is for ${items[dominates].name} (${percent(Number(share.toFixed(2)))}). ${items[dominates].lower}`;
}

/** A bill for people. */
export function costTable(estimate: Estimate, width?: number): string {
  const { lines, usd, afterFreeTier, targets, targetTracking, pricesOf, playedSeconds } = estimate;
  const total = ["total", "", "", "", dollars(usd), dollars(afterFreeTier)];
  return [
    table(columns, [...lines.map(row), total], width),
    "",
    `$${dollars(usd)} a month for ${targets} ${targets === 1 ? "target" : "targets"}; $${dollars(afterFreeTier)} in an account that uses nothing else.`,
    dominance(estimate),
    `AWS's target tracking has two alarms a target: ${targetTracking.alarms} alarms, $${dollars(targetTracking.usd)} a month.`,
    "",
    `Metered over ${time(playedSeconds)} in the simulated account, as 730 h; list prices in us-east-1 of ${pricesOf}, without taxes.`,
  ].join("\n");
}
