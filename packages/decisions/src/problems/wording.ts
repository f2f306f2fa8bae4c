import type * as z from "zod";
import { nearest } from "../config/nearest.ts";
import { formatAt, keysAt, type Place, requiredAt } from "./place.ts";
import { shorten, show } from "./show.ts";

type Issue = z.core.$ZodIssue;
type Bound = z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall;

const MOST_LISTED = 12;

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  bigint: "a bigint",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  null: "null",
  object: "an object",
  record: "an object",
  string: "text",
  tuple: "a list",
};

const forms: Readonly<Record<string, string>> = {
  date: "a date such as 2026-01-31",
  datetime: "an instant such as 2026-01-31T00:00:00Z",
  email: "an e-mail address",
  safeint: "a whole number",
  url: "a URL",
  uuid: "a UUID",
};

/** The messages of our own schemas begin with a small letter and continue a sentence; zod's begin with a capital. */
export function ownMessage(issue: Issue): string | undefined {
  return /^[a-z]/.test(issue.message) ? issue.message : undefined;
}

/** Some of many, quoted as they would be typed. */
export function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_LISTED).map(show).join(", ");
  return values.length > MOST_LISTED ? `${shown}, …` : shown;
}

/** What is wrong with a value that must be one of a few, and which of them may have been meant. */
export function notOneOf(value: unknown, values: readonly unknown[]): string {
  const texts = values.filter((each) => typeof each === "string");
  const meant = typeof value === "string" ? nearest(value, texts) : undefined;
  const wrong = values.length === 1 ? `is not ${listed(values)}` : `is not one of ${listed(values)}`;
  return meant === undefined || values.length === 1 ? wrong : `${wrong}: did you mean ${show(meant)}?`;
}

/** What must be written at a place, in words. */
function wanted(issue: z.core.$ZodIssueInvalidType, place: Place): string {
  const format = formatAt(place);
  return (format === undefined ? undefined : forms[format]) ?? kinds[issue.expected] ?? issue.expected;
}

function withKeys(place: Place, thing: string): string {
  const keys = thing === "an object" ? requiredAt(place) : [];
  return keys.length === 0 ? thing : `${thing} with ${shorten(keys.join(", "))}`;
}

/** What to write where nothing is. */
export function whatToWrite(issue: Issue, place: Place): string | undefined {
  const own = ownMessage(issue);
  if (own !== undefined) return own.split(": ").slice(1).join(": ") || undefined;
  if (issue.code === "invalid_type") return `write ${withKeys(place, wanted(issue, place))}`;
  if (issue.code !== "invalid_value") return undefined;
  return `write ${issue.values.length === 1 ? "" : "one of "}${listed(issue.values)}`;
}

/** The same value in the form that was wanted, where that is plain to see. */
function conversion(expected: string, value: unknown): string {
  const numeric = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  if ((expected === "number" || expected === "int") && numeric) return `: write ${Number(value)} without quotes`;
  if (expected === "boolean" && (value === "true" || value === "false")) return `: write ${value} without quotes`;
  if (expected === "string" && typeof value === "number") return `: write ${show(String(value))}`;
  if (expected === "array" && !Array.isArray(value)) return ": write it within [ ]";
  if (expected !== "int" || typeof value !== "number" || !Number.isFinite(value)) return "";
  return `: write ${Math.floor(value)} or ${Math.ceil(value)}`;
}

function wrongType(issue: z.core.$ZodIssueInvalidType, place: Place): string {
  const thing = wanted(issue, place);
  const keys = issue.expected === "object" ? keysAt(place).join(", ") : "";
  if (keys !== "") return `is not ${thing}: write { ${shorten(keys)} }`;
  // Quotes alone would not make an instant of a number.
  const isPlain = thing === kinds[issue.expected] || issue.expected === "number";
  return `is not ${thing}${isPlain ? conversion(issue.expected, place.value) : ""}`;
}

function counted(amount: number | bigint, origin: string): string {
  const one = Number(amount) === 1;
  if (origin === "string") return `${amount} ${one ? "character" : "characters"}`;
  if (origin === "array" || origin === "set" || origin === "map") return `${amount} ${one ? "entry" : "entries"}`;
  return origin === "object" || origin === "record" ? `${amount} ${one ? "key" : "keys"}` : `${amount}`;
}

function outOfBounds(issue: Bound): string {
  const tooSmall = issue.code === "too_small";
  const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
  const amount = counted(bound, issue.origin);
  const isCount = amount !== `${bound}`;
  if (isCount && tooSmall && Number(bound) === 1) return "must not be empty";
  if (isCount) return `must have ${issue.exact ? "exactly" : tooSmall ? "at least" : "at most"} ${amount}`;
  if (issue.inclusive) return `must be ${amount} or ${tooSmall ? "more" : "less"}`;
  return `must be ${tooSmall ? "more" : "less"} than ${amount}`;
}

/** What is wrong with the value at a place, as the rest of a sentence that begins with the place. */
export function wording(issue: Issue, place: Place): string {
  const own = ownMessage(issue);
  if (own !== undefined) return own;
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue, place);
    case "invalid_value":
      return notOneOf(place.value, issue.values);
    case "too_small":
    case "too_big":
      return outOfBounds(issue);
    case "invalid_format":
      return `is not ${forms[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    default:
      return "is not valid";
  }
}
