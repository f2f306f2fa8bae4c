import type { Check, Finding } from "./check.ts";

/** Whether anything else may lower each target. Control refuses to start while that is so. */
export const rivals: Check = {
  name: "other scalers",
  async run({ fleet, capacities }) {
    const answers = await capacities;
    return Object.entries(fleet.targets).flatMap(([target, { mode }]): Finding[] => {
      const answer = answers.get(target);
      if (answer?.is !== "capacity") return [];
      const { rivals: found } = answer;
      if (found === undefined || found === null) {
        const fix = "ask as somebody who may read its scaling policies and scheduled actions";
        return [{ target, status: "notChecked", says: "What else may lower it could not be read.", fix }];
      }
      if (found.length === 0) return [{ target, status: "ok", says: "Nothing else may lower it." }];
      const isMeant = mode === "floor" ? " In floor mode that is as it should be." : "";
      const says = `Something else may lower it: ${found.join(", ")}.${isMeant}`;
      return [{ target, status: "problem", says, fix: "do what is in brackets before it goes to control" }];
    });
  },
};
