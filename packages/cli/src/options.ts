import { secondsOf } from "@headroom/decisions/config/duration";
import { InvalidArgumentError, Option } from "commander";
import * as z from "zod";

// How options are written, and what becomes of their text. Commander reports what is thrown here with the option's name.

/** Seconds of virtual time in a second, or as many as this machine can do. */
export const speed = z.union([z.number(), z.literal("max")]);
export type Speed = z.infer<typeof speed>;

/** @throws InvalidArgumentError */
export function readSpeed(text: string): Speed {
  if (text === "max") return "max";
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Write virtual seconds a second, such as 60, or "max".');
}

function wholeFrom(least: number, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new InvalidArgumentError(`Write a whole number of ${least} or more.`);
}

/** @throws InvalidArgumentError */
export function readWhole(text: string): number {
  return wholeFrom(0, text);
}

/** @throws InvalidArgumentError */
export function readPositive(text: string): number {
  return wholeFrom(1, text);
}

/** @throws InvalidArgumentError */
export function readAboveZero(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("Write a number above 0.");
}

const LONGEST_SECONDS = 86_400;

/** Seconds as a bare number. @throws InvalidArgumentError */
export function readSeconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= LONGEST_SECONDS) return value;
  throw new InvalidArgumentError(`Write a whole number of seconds from 0 to ${LONGEST_SECONDS}.`);
}

/** Seconds. @throws InvalidArgumentError */
export function readDuration(text: string): number {
  const seconds = secondsOf(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new InvalidArgumentError("Write a number above 0 and one of the units s, m, h, d, such as 90m or 6h.");
}

/** An ARN of a role or user. @throws InvalidArgumentError */
export function readPrincipal(text: string): string {
  if (/^arn:[^:]+:iam::\d{12}:(role|user)\/.+$/.test(text)) return text;
  throw new InvalidArgumentError("Write the ARN of a role, such as arn:aws:iam::123456789012:role/headroom.");
}

/** One of several that may be given. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export const output = z.enum(["table", "json"]);

/** `-o`, the same for every command that prints data. */
export function outputOption(): Option {
  return new Option("-o, --output <form>", "how to print").choices(output.options).default("table");
}

/** Where `headroom dev` keeps what it knows. */
export const DEFAULT_STATE = ".headroom";

/** `--state`, the same for every command that talks to a running `headroom dev`. */
export function stateOption(): Option {
  return new Option("--state <folder>", "folder of the running `headroom dev`").default(DEFAULT_STATE);
}
