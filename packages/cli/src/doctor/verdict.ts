import { Refused } from "@headroom/api/refused";
import type { Checked, Diagnosis } from "@headroom/aws/doctor";
import { Failed } from "../failed.ts";

/** `3 problems in web and search`, by the targets that have them. */
function problemsIn(problems: readonly Checked[]): string {
  const where = [...new Set(problems.map(({ target }) => target ?? "what all targets need"))];
  return `${problems.length} ${problems.length === 1 ? "problem" : "problems"} in ${where.join(", ")}`;
}

/**
 * What the findings come to, in a sentence.
 * @throws Failed when nothing could be checked; Refused when it is not safe to go to control
 */
export function verdictOf({ caller, findings }: Diagnosis): string {
  if (caller === undefined) throw new Failed("Nothing was checked: AWS does not know who asks");
  const problems = findings.filter(({ status }) => status === "problem");
  if (problems.length > 0) throw new Refused(`Not safe for control: ${problemsIn(problems)}`);
  const unchecked = findings.filter(({ status }) => status === "notChecked").length;
  const open = unchecked === 0 ? "" : ` ${unchecked} could not be checked: look at those yourself.`;
  return `No problem was found.${open}`;
}
