import type * as z from "zod";
import { nearest } from "./config/nearest.ts";
import { keysAt, type Place, placeAt, property, unionAt } from "./problems/place.ts";
import { shorten, show } from "./problems/show.ts";
import { listed, notOneOf, whatToWrite, wording } from "./problems/wording.ts";

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

/** `meant` is the path of the missing key that a wrong one stands for: both are one mistake. */
type Problem = { path: string; text: string; missing: boolean; meant?: string };

function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((key, index) => {
    if (typeof key === "number") return `[${key}]`;
    const name = String(key);
    if (!/^[\w$][\w$-]*$/.test(name)) return `[${show(name)}]`;
    return index === 0 ? shorten(name) : `.${shorten(name)}`;
  });
  return steps.join("") || "the value";
}

function problem(place: Place, says: string): Problem {
  const path = pathText(place.path);
  // A message that begins with "of" names the value itself: "targets.web.min of 0 needs ...".
  const subject = says.startsWith("of ") ? path : `${path} (${show(place.value)})`;
  return { path, text: `${subject} ${says}`, missing: false };
}

function missing(place: Place, write: string | undefined): Problem {
  const path = pathText(place.path);
  return { path, text: `${path} is missing${write === undefined ? "" : `: ${write}`}`, missing: true };
}

function unknownKey(object: Place, key: string, known: readonly string[]): Problem {
  const place = placeAt(object, [key]);
  const there = (each: string) => property(object.value, each) !== undefined;
  const name = nearest(
    key,
    known.filter((each) => !there(each)),
  );
  if (name === undefined) {
    const twin = nearest(key, known.filter(there));
    const others = known.length === 0 ? "" : `: the keys here are ${known.join(", ")}`;
    return problem(place, `is not a known key${twin === undefined ? others : `, and ${twin} is given: remove one`}`);
  }
  const meant = pathText(placeAt(object, [name]).path);
  return { ...problem(place, `is not a known key: did you mean ${show(name)}?`), meant };
}

function wrongDiscriminator(issue: UnionIssue, key: string, start: Place): Problem[] {
  const place = placeAt(start, issue.path);
  const options = "options" in issue ? (issue.options ?? []) : [];
  if (place.value !== undefined) return [problem(place, notOneOf(place.value, options))];
  const object = placeAt(start, issue.path.slice(0, -1));
  const known = keysAt(object);
  const stray = typeof object.value === "object" && object.value !== null ? Object.keys(object.value) : [];
  const misspelt = nearest(
    key,
    stray.filter((each) => !known.includes(each)),
  );
  if (misspelt !== undefined) return [unknownKey(object, misspelt, [key])];
  return [missing(place, options.length === 0 ? undefined : `write one of ${listed(options)}`)];
}

/** Whether the value is another kind of thing altogether, rather than a faulty one of this form. */
function isOtherThing(issues: readonly Issue[]): boolean {
  return issues.some((issue) => {
    if (issue.path.length > 0) return false;
    if (issue.code === "invalid_union") return issue.errors.length > 0 && issue.errors.every(isOtherThing);
    return issue.code === "invalid_type" || issue.code === "invalid_value" || issue.code === "invalid_format";
  });
}

/** What equally near forms say about one place, in one sentence. */
function joined(place: Place, attempts: readonly { form: Place; found: readonly Problem[] }[]): string {
  const texts = [...new Set(attempts.map(({ found }) => found.map(({ text }) => text).join(", ")))];
  if (texts.length === 1) return texts.join();
  const subject = `${pathText(place.path)} (${show(place.value)}) `;
  const objects = [...new Set(attempts.map(({ form }) => keysAt(form).join(", ")).filter((keys) => keys !== ""))];
  if (objects.length > 1) return `${subject}has none of the forms ${objects.map((keys) => `{ ${keys} }`).join(" or ")}`;
  if (!texts.every((text) => text.startsWith(subject))) return texts.join("; or ");
  return subject + texts.map((text) => text.slice(subject.length)).join(" and ");
}

/** One mistake against several forms: what the nearest form says, or one sentence for all of the equally near. */
function noFormFits(issue: UnionIssue, place: Place): Problem[] {
  const options = unionAt(place, issue.errors.length);
  const attempts = issue.errors.map((issues, index) => {
    const option = options[index];
    const form = { ...place, schemas: option === undefined ? place.schemas : [option] };
    const found = problemsAt(form, issues);
    return { form, found, distance: found.length + (isOtherThing(issues) ? Number.MAX_SAFE_INTEGER / 2 : 0) };
  });
  const least = Math.min(...attempts.map((attempt) => attempt.distance));
  const near = attempts.filter((attempt) => attempt.distance === least);
  const [only] = near;
  if (near.length === 1 && only !== undefined) return only.found;
  return [{ path: pathText(place.path), text: joined(place, near), missing: false }];
}

function inUnion(issue: UnionIssue, start: Place): Problem[] {
  if (issue.discriminator !== undefined) return wrongDiscriminator(issue, issue.discriminator, start);
  const place = placeAt(start, issue.path);
  if (place.value === undefined) return [missing(place, undefined)];
  if (issue.errors.length === 0) return [problem(place, "fits more than one form")];
  return noFormFits(issue, place);
}

function ofIssue(issue: Issue, start: Place): Problem[] {
  const place = placeAt(start, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(place, key, keysAt(place)));
    case "invalid_union":
      return inUnion(issue, start);
    case "invalid_key":
      return issue.issues.map((inner) => {
        const path = pathText(place.path);
        return { path, text: `${path} ${wording(inner, place)}`, missing: false };
      });
    default:
      return [
        place.value === undefined ? missing(place, whatToWrite(issue, place)) : problem(place, wording(issue, place)),
      ];
  }
}

function problemsAt(start: Place, issues: readonly Issue[]): Problem[] {
  const found = issues.flatMap((issue) => ofIssue(issue, start));
  const meant = new Set(found.map((each) => each.meant));
  return found.filter((each) => !(each.missing && meant.has(each.path)));
}

/**
 * What is wrong with an input, for people: one sentence a mistake, with the place, the value as given (shortened), what
 * is wrong with it, and what to write instead.
 * @param error what parsing `input` with `schema` ended with
 */
export function problems(error: z.core.$ZodError, schema: z.core.$ZodType, input: unknown): string[] {
  return problemsAt({ path: [], value: input, schemas: [schema] }, error.issues).map(({ text }) => text);
}
