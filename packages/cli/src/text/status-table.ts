import type { FleetStatus, TargetStatus } from "@headroom/api/answers";
import { time } from "@headroom/decisions/say";
import { type Column, table } from "./table.ts";

const columns: Column[] = [
  { head: "TARGET" },
  { head: "MODE" },
  { head: "SET", align: "right" },
  { head: "READY", align: "right" },
  { head: "MIN-MAX", align: "right" },
  { head: "DECISION" },
  { head: "SINCE" },
  { head: "WHY" },
];

type Latest = NonNullable<TargetStatus["latest"]>;

/** `2026-01-05T12:07:00.000Z` as `01-05 12:07`. */
function short(iso: string): string {
  return iso.slice(5, 16).replace("T", " ");
}

function decisionOf({ decision, from, to, outcome }: Latest): string {
  const change = `${from ?? "?"} -> ${to}`;
  if (decision === "hold") return to === null ? `hold ${from ?? ""}`.trim() : `would ${change}`;
  if (outcome === "done") return change;
  return `${change} (${outcome === "announced" ? "not known yet" : "not done"})`;
}

function sinceOf({ since }: Latest): string {
  return `${since.orEarlier ? "before " : ""}${short(since.at)}`;
}

function row({ id, mode, min, max, capacity, latest }: TargetStatus): string[] {
  const known = capacity.is === "capacity";
  const units = known ? [String(capacity.desired), String(capacity.ready)] : ["?", "?"];
  const unknown = known ? "" : `The capacity cannot be read: ${capacity.why}. `;
  const decision = latest === null ? ["-", "-"] : [decisionOf(latest), sinceOf(latest)];
  const why = unknown + (latest?.sentence ?? "No tick has looked at it yet.");
  return [id, mode, ...units, `${min}-${max}`, ...decision, why];
}

function leaseLines(targets: readonly TargetStatus[]): string[] {
  const lines = targets.flatMap(({ leases }) =>
    leases.map(({ target, sentence, left }) => {
      return `${target === "*" ? "all targets" : target}: ${sentence} ${time(left)} left`;
    }),
  );
  return [...new Set(lines)];
}

function interlockLines({ id, interlocks }: TargetStatus): string[] {
  return interlocks.map(({ name, since, why }) => {
    return `${id}: interlock ${name} since ${short(since)}${why === null ? "" : `: ${why}`}`;
  });
}

function toldLines({ id, told }: TargetStatus): string[] {
  return told.map(({ kind, at }) => `${id}: attention ${kind}, told at ${short(at)}`);
}

/** The fleet for people: a row a target, and a line for each lease in force, open interlock and what people were told. */
export function statusTable({ targets }: FleetStatus, width?: number): string {
  const notes = [...leaseLines(targets), ...targets.flatMap(interlockLines), ...targets.flatMap(toldLines)];
  return [table(columns, targets.map(row), width), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}
