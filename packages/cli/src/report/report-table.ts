import { amount } from "@headroom/decisions/say";
import { type Column, table } from "../text/table.ts";
import type { RunReport, TargetReport } from "./report.ts";

const REASONS_SHOWN = 3;

const columns: Column[] = [
  { head: "TARGET" },
  { head: "KIND" },
  { head: "TICKS", align: "right" },
  { head: "SCALED", align: "right" },
  { head: "HELD", align: "right" },
  { head: "READY", align: "right" },
  { head: "UNIT-HOURS", align: "right" },
  { head: "SLO MINUTES VIOLATED", align: "right" },
  { head: "REASONS" },
];

function row(target: TargetReport): string[] {
  const reasons = Object.entries(target.reasons);
  const shown = reasons.slice(0, REASONS_SHOWN).map(([code, count]) => `${code} ${count}`);
  const others = reasons.slice(REASONS_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return [
    target.id,
    target.kind,
    ...[target.ticks, target.scaled, target.held].map(String),
    `${target.minCapacity}-${target.maxCapacity}`,
    amount(target.unitHours),
    String(target.sloMinutesViolated),
    [...shown, ...(others > 0 ? [`others ${others}`] : [])].join(", "),
  ];
}

/** A run for people. */
export function reportTable(
  { targets, virtualHours, wallSeconds, events, fingerprint }: RunReport,
  width?: number,
): string {
  const { delivered, duplicated, rejected } = events;
  return [
    table(columns, targets.map(row), width),
    "",
    `${amount(virtualHours)} virtual hours in ${amount(wallSeconds)} s; ${delivered} ticks delivered, ${duplicated} of them twice, ${rejected} rejected`,
    `fingerprint ${fingerprint}`,
  ].join("\n");
}
