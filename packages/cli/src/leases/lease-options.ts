import { resolve } from "node:path";
import type { LeaseRequestInput } from "@headroom/api/lease-request";
import { Invalid } from "@headroom/decisions/errors";
import { type Command, Option } from "commander";
import * as z from "zod";
import { type Client, connect } from "../client.ts";
import { readInstant, readTimeOfDay } from "../instants.ts";
import { output, outputOption, readDuration, stateOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { leaseChangeText } from "./lease-change-text.ts";

// What every command that grants a lease or takes one back takes, and does with it.

const DAY = 86_400;

const shared = { output, state: z.string(), owner: z.string().optional(), dryRun: z.boolean() };
export const granting = z.strictObject({
  ...shared,
  reason: z.string(),
  for: z.number().optional(),
  until: z.string().optional(),
});
export const takingBack = z.strictObject({ ...shared, reason: z.string().optional() });
type Granting = z.infer<typeof granting>;
type TakingBack = z.infer<typeof takingBack>;

function addShared(command: Command): Command {
  return command
    .option("--owner <name>", "whose word it is (default: you)")
    .option("--dry-run", "only say what would be", false)
    .addOption(outputOption())
    .addOption(stateOption());
}

/** Options of a command that grants a lease. */
export function addGranting(command: Command): Command {
  return addShared(
    command
      .requiredOption("--reason <text>", "why; everybody sees it while it lasts")
      .addOption(new Option("--for <duration>", "it ends by itself after this, such as 2h").argParser(readDuration))
      .option("--until <time>", "it ends by itself then: HH:MM (UTC) or an ISO instant"),
  );
}

/** Options of a command that takes a lease back. */
export function addTakingBack(command: Command): Command {
  return addShared(command.option("--reason <text>", "why"));
}

function ownerOf(given: { owner?: string | undefined }, terminal: Terminal): string {
  const owner = given.owner ?? terminal.user;
  if (owner !== undefined) return owner;
  throw new Invalid("The system does not know who you are: say whose word it is with --owner NAME");
}

/** The instant that `--until` names: the next one of its kind, for a time of day. */
function untilOf(text: string, now: number): string {
  const today = readTimeOfDay(text, now);
  const at = today === undefined ? readInstant(text) : today + DAY;
  if (at !== undefined) return new Date(at * 1000).toISOString();
  throw new Invalid(`--until ${text} is not a time: write HH:MM, or an instant such as 2026-01-05T18:00:00Z`);
}

/** @throws Invalid unless the end is said in one of the two ways */
function checkEnd({ for: seconds, until }: Granting): void {
  if ((seconds === undefined) !== (until === undefined)) return;
  throw new Invalid("A lease ends by itself: say --for 2h or --until 18:00, one of the two");
}

async function endOf(given: Granting, client: Client): Promise<Pick<LeaseRequestInput, "for" | "until">> {
  if (given.until === undefined) return { for: `${given.for ?? 0}s` };
  const { now } = await client.status(); // the clock that counts is that of the control plane
  return { until: untilOf(given.until, Date.parse(now) / 1000) };
}

type Asked =
  | { kind: "pause"; target: string; direction: "both" | "in" | "out" }
  | { kind: "pin"; target: string; capacity: number }
  | { kind: "limit"; target: string; min?: number | undefined; max?: number | undefined };

/** Grants a lease, and says what that changed. */
export async function grantLease(asked: Asked, given: Granting, terminal: Terminal): Promise<void> {
  checkEnd(given);
  const owner = ownerOf(given, terminal);
  const client = await connect(resolve(terminal.cwd, given.state));
  const { reason, dryRun } = given;
  const change = await client.grant({ ...asked, owner, reason, dryRun, ...(await endOf(given, client)) });
  terminal.print(given.output === "json" ? JSON.stringify(change, null, 2) : leaseChangeText(change));
}

/** Takes a lease back, and says what that changed. */
export async function takeLeaseBack(
  lease: { target: string; kind: "pause" | "pin" | "limit" },
  given: TakingBack,
  terminal: Terminal,
): Promise<void> {
  const owner = ownerOf(given, terminal);
  const client = await connect(resolve(terminal.cwd, given.state));
  const { reason, dryRun } = given;
  const change = await client.takeBack({ ...lease, owner, dryRun, ...(reason === undefined ? {} : { reason }) });
  terminal.print(given.output === "json" ? JSON.stringify(change, null, 2) : leaseChangeText(change));
}

/** The target that was named, or `*` for `--all`. @throws Invalid unless it is one of the two */
export function targetOrAll(target: string | undefined, all: boolean): string {
  if ((target === undefined) === all) return target ?? "*";
  throw new Invalid(target === undefined ? "Name a target, or say --all" : `Either ${target} or --all, not both`);
}
