import { Refused } from "@headroom/api/refused";
import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { CommanderError } from "commander";
import { Failed } from "./failed.ts";

/** Errors that people are told about by their message alone, and what the command then exits with. */
const codes = [
  { kind: Invalid, code: 2 },
  { kind: NotFound, code: 2 },
  { kind: Refused, code: 3 },
  { kind: Failed, code: 1 },
  { kind: Conflict, code: 1 },
  { kind: Throttled, code: 1 },
  { kind: Denied, code: 1 },
] as const;

/** The exit code that a thrown error ends the command with. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return codes.find(({ kind }) => error instanceof kind)?.code ?? 1;
}

/** What people are told: a message, or for a defect of Headroom all there is to know. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  if (codes.some(({ kind }) => error instanceof kind)) return `error: ${error.message}`;
  return `error: a defect in Headroom, please report it: ${error.stack ?? error.message}`;
}
