import type { Row } from "@headroom/twin/backtest/row";
import { type Column, table } from "../text/table.ts";

const columns: Column[] = [
  { head: "POLICY" },
  { head: "UNIT HOURS", align: "right" },
  { head: "THETA U %", align: "right" },
  { head: "THETA O %", align: "right" },
  { head: "TAU U %", align: "right" },
  { head: "TAU O %", align: "right" },
  { head: "CHANGES/H", align: "right" },
  { head: "EXCESS AT TAU U 1 %", align: "right" },
  { head: "NEAREST TAU U %", align: "right" },
];

function figure(value: number, digits = 2): string {
  return value.toFixed(digits);
}

function cells(row: Row): string[] {
  return [
    row.policy,
    figure(row.unitHours, 0),
    ...[row.thetaU, row.thetaO, row.tauU, row.tauO, row.adaptationsPerHour].map((value) => figure(value)),
    row.excessAtTauU1 === null ? "-" : figure(row.excessAtTauU1, 3),
    row.nearestTauU === null ? "-" : figure(row.nearestTauU),
  ];
}

/** The rows for people. */
export function backtestTable(rows: readonly Row[], width?: number): string {
  return table(columns, rows.map(cells), width);
}
