import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import type { Failure } from "./answers.ts";
import { Refused } from "./refused.ts";

/** The HTTP status of each of our errors. Anything else is a defect: 500, and its message stays inside. */
const statuses = [
  { kind: Invalid, status: 400 },
  { kind: Denied, status: 403 },
  { kind: NotFound, status: 404 },
  { kind: Conflict, status: 409 },
  { kind: Refused, status: 422 },
  { kind: Throttled, status: 503 },
] as const;

type Status = (typeof statuses)[number]["status"] | 500;

/** What to answer when something was thrown. */
export function failureOf(error: unknown): { status: Status; body: Failure } {
  const known = statuses.find(({ kind }) => error instanceof kind);
  if (known === undefined || !(error instanceof Error)) {
    return {
      status: 500,
      body: { error: "Defect", message: "Something went wrong in Headroom itself; its log says what" },
    };
  }
  return { status: known.status, body: { error: error.name, message: error.message } };
}
