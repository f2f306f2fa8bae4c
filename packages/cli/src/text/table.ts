import Table from "cli-table3";

export type Column = { head: string; align?: "left" | "right" };

const NARROWEST = 24;
const GAP = 2;

const borderless = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "" },
};

/** The columns that all but the last take, gaps included. */
function takenBefore(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  return columns
    .slice(0, -1)
    .map(({ head }, index) => Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)) + GAP)
    .reduce((sum, width) => sum + width, 0);
}

/**
 * Rows in columns, without borders. Where the width of the screen is known, the last column is wrapped to fit into it;
 * without it every row is one line, for other programs.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width?: number): string {
  const rest = width === undefined ? null : Math.max(NARROWEST, width - takenBefore(columns, rows));
  const made = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align = "left" }) => align),
    colWidths: columns.map((_, index) => (index === columns.length - 1 ? rest : null)),
    wordWrap: true,
    chars: borderless,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": GAP },
  });
  for (const row of rows) made.push([...row]);
  return made
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
