import { leaseSays } from "@headroom/api/lease-text";
import { bindingReason } from "@headroom/decisions/binding";
import type { DecideInput, Decision, Limited, Proposed } from "@headroom/decisions/model";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";
import { arithmeticOf } from "./arithmetic.ts";
import { carriedLines, leaseLines } from "./carried.ts";
import { capacityOf, combinationSays, decisionSays, lastReason, outcomeSays } from "./decision-text.ts";
import { interlocksSeen } from "./interlocks-text.ts";
import { ago, readingSays, readingsOf } from "./readings.ts";
import { unboundLimits } from "./unbound.ts";

type Bold = (text: string) => string;

function headLine({ input }: StoredRecord, bold: Bold): string {
  const { target, at, settings } = input;
  const { resource, mode, min, max } = settings;
  return `${bold(`${target} at ${instant(at)}`)}  (${resource.kind}, ${mode}, ${min} to ${max} units)`;
}

function seen(input: DecideInput): string[] {
  const { capacity, now } = input;
  const units =
    capacity.is === "failed"
      ? `failed: ${capacity.why}`
      : `${capacity.desired} set, ${capacity.running} running, ${capacity.ready} ready (${ago(now - capacity.at)})`;
  const signals = readingsOf(input).map(({ signal, reading }) => `${signal}: ${readingSays(reading, now)}`);
  return [`capacity: ${units}`, ...signals];
}

function proposed(proposal: Proposed, input: DecideInput): string[] {
  const capacity = capacityOf(proposal);
  const verdict =
    capacity === undefined ? (proposal.is === "blind" ? "cannot tell" : "asks for nothing") : `${capacity}`;
  const arithmetic = arithmeticOf(proposal, input);
  const line = `${proposal.policy}: ${verdict}. ${sentence(proposal.reason)}`;
  return [line, ...(arithmetic === undefined ? [] : [`  ${arithmetic}`])];
}

function limited({ limit, from, to, reason }: Limited): string {
  return `${limit}: ${from} -> ${to}. ${sentence(reason)}`;
}

/** The reason that settled the decision; where it is only said, that too. */
function because(decision: Decision): string[] {
  const reasons = new Map([bindingReason(decision), lastReason(decision)].map((reason) => [reason.code, reason]));
  return [...reasons.values()].map((reason) => `because (${reason.code}): ${sentence(reason)}`);
}

function section(title: string, lines: readonly string[], bold: Bold): string[] {
  return lines.length === 0 ? [] : ["", bold(title), ...lines.map((line) => `  ${line}`)];
}

/** A record in full: what was seen, proposed, combined, limited, decided and done. */
export function recordText(record: StoredRecord, bold: Bold): string {
  const { input, proposals, limits, decision, outcome } = record;
  return [
    headLine(record, bold),
    ...section("Seen", seen(input), bold),
    ...section(
      "Proposed",
      proposals.length === 0 ? ["nothing"] : proposals.flatMap((each) => proposed(each, input)),
      bold,
    ),
    ...section("Combined", [combinationSays(record)], bold),
    ...section("Limited", limits.length === 0 ? ["by nothing"] : limits.map(limited), bold),
    ...section(
      "Did not limit",
      unboundLimits(record).map(({ limit, says }) => `${limit}: ${says}`),
      bold,
    ),
    ...section(
      "Interlocks",
      interlocksSeen(record).map(({ name, says }) => `${name}: ${says}`),
      bold,
    ),
    ...section("Leases", leaseLines(record, leaseSays), bold),
    ...section("Carried on", carriedLines(record), bold),
    ...section("Decided", [decisionSays(decision), ...because(decision), `outcome: ${outcomeSays(outcome)}`], bold),
  ].join("\n");
}
