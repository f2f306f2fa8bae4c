import type { Check, Finding } from "./check.ts";
import { fixOf, kindOf } from "./failure.ts";

/** Whether each target exists and its capacity can be read. What cannot be read is held for ever, so it is a problem. */
export const targets: Check = {
  name: "target",
  async run({ fleet, capacities }) {
    const answers = await capacities;
    return Object.entries(fleet.targets).flatMap(([target, { resource }]): Finding[] => {
      const answer = answers.get(target);
      if (answer === undefined) return [{ target, status: "problem", says: "AWS said nothing of it." }];
      if (answer.is === "capacity") {
        const { desired, ready } = answer;
        return [{ target, status: "ok", says: `It exists: ${desired} set, ${ready} ready.` }];
      }
      // Its own check says more.
      if (resource.kind === "event-source-concurrency" && kindOf(answer.why) === "Invalid") return [];
      return [
        { target, status: "problem", says: `Its capacity cannot be read. ${answer.why}`, fix: fixOf(answer.why) },
      ];
    });
  },
};
