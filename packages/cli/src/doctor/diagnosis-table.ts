import type { Checked } from "@headroom/aws/doctor";
import { type Column, table } from "../text/table.ts";

const columns: Column[] = [{ head: "TARGET" }, { head: "CHECK" }, { head: "RESULT" }, { head: "FOUND" }];

const WORDS = { ok: "ok", warning: "warning", problem: "PROBLEM", notChecked: "not checked" } as const;

/** What is about no target, then each target in the order in which they are configured. */
function grouped(findings: readonly Checked[], targets: readonly string[]): Checked[][] {
  return [undefined, ...targets].map((id) => findings.filter(({ target }) => target === id));
}

function rowsOf({ check, status, says, fix }: Checked, head: string): string[][] {
  const row = [head, check, WORDS[status], says];
  return fix === undefined || status === "ok" ? [row] : [row, ["", "", "", `-> ${fix}`]];
}

/** What was found, for people; each finding that is not well is followed by what to do about it. */
export function diagnosisTable(findings: readonly Checked[], targets: readonly string[], width?: number): string {
  const rows = grouped(findings, targets).flatMap((group) =>
    group.flatMap((finding, index) => rowsOf(finding, index === 0 ? (finding.target ?? "(all)") : "")),
  );
  return table(columns, rows, width);
}
