// Where one of many could not be read, the answer says why, beginning with the name of the error: `expected` in
// `@headroom/loops/observe` writes it, and `whyOf` here.

/** Why something failed, in one line. Whoever looks for trouble goes on whatever the error, a defect of ours included. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}: ${error.message.split("\n", 1)[0]}`;
}

/** What kind of failure it was: `NotFound`, `Denied`, ... */
export function kindOf(why: string): string {
  return why.split(":", 1)[0] ?? why;
}

const FIXES: Record<string, string> = {
  NotFound: "correct its names in headroom.config.ts, or its account, region and role",
  Invalid: "correct it in headroom.config.ts, or at AWS",
  Denied: "ask as somebody who may read it, or allow it in the role that the target names",
  Throttled: "try again; if it stays, see whether the endpoint is reachable",
};

/** What to do about it. */
export function fixOf(why: string): string {
  return FIXES[kindOf(why)] ?? "try again";
}
