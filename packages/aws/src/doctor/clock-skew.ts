import { time } from "@headroom/decisions/say";
import type { Check } from "./check.ts";
import type { Exchange } from "./traffic.ts";

/** AWS refuses what was signed longer ago than 5 minutes, or later than now (Signature Version 4). */
const REFUSED_SECONDS = 300;

/** The freshness of datapoints is judged in seconds. */
const NOTICED_SECONDS = 5;

/** A `Date` header has whole seconds: AWS's instant is anywhere in the second that it names. */
const HALF_SECOND = 0.5;

/** By how many seconds this machine's clock is ahead of AWS's, if an exchange tells; half of its way is each way. */
function aheadIn({ sent, ended, outcome }: Exchange): { ahead: number; way: number }[] {
  if (outcome.is === "silent" || outcome.date === undefined) return [];
  return [{ ahead: (sent + ended) / 2 - (outcome.date + HALF_SECOND), way: ended - sent }];
}

/** Whether this machine's clock agrees with AWS's, by the quickest of the answers. It asks nothing itself. */
export const clockSkew: Check = {
  name: "clock",
  async run({ exchanges }) {
    const [quickest] = exchanges()
      .flatMap(aheadIn)
      .sort((a, b) => a.way - b.way);
    if (quickest === undefined) return [{ status: "notChecked", says: "No answer said what time it is at AWS." }];
    const off = Math.abs(quickest.ahead);
    if (off <= NOTICED_SECONDS) return [{ status: "ok", says: "The clock here agrees with AWS's to a few seconds." }];
    const says = `The clock here is ${time(off)} ${quickest.ahead > 0 ? "ahead of" : "behind"} AWS's.`;
    const fix = "set it by NTP";
    if (off <= REFUSED_SECONDS) return [{ status: "warning", says, fix }];
    return [{ status: "problem", says: `${says} AWS refuses requests from ${time(REFUSED_SECONDS)} on.`, fix }];
  },
};
