import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { Capacity } from "@headroom/decisions/model";
import { units } from "@headroom/decisions/say";
import type { Check, Finding } from "./check.ts";

type Found = Omit<Finding, "target">;

/** What the resource itself allows, against what is configured. */
function own({ minimum, maximum }: Capacity, { min, max, mode }: TargetConfig): Found[] {
  const found: Found[] = [];
  if (maximum !== undefined && maximum < max) {
    const says = `Its own maximum is ${maximum}: it could not get the ${units(max)} that max allows.`;
    found.push({ status: "problem", says, fix: `raise its own maximum to ${max}, or lower max` });
  }
  if (minimum !== undefined && minimum > min) {
    const says = `Its own minimum is ${minimum}: it could not fall to min, which is ${min}.`;
    found.push({ status: "warning", says, fix: `lower its own minimum to ${min}, or raise min` });
  }
  if (minimum === undefined && mode === "floor") {
    const says = "It has no minimum that floor mode could move: it is not registered with Application Auto Scaling.";
    found.push({ status: "problem", says, fix: "register it with a scaling policy, or use another mode" });
  }
  return found;
}

/** What would happen at once. */
function present({ desired }: Capacity, { min, max }: TargetConfig): Found[] {
  if (desired >= min && desired <= max) return [];
  const [says, bound] =
    desired < min
      ? [`It has ${units(desired)}, below min: control would raise it to ${min} at once.`, "lower min"]
      : [`It has ${units(desired)}, above max: control would take it down to ${max}.`, "raise max"];
  return [{ status: "warning", says, fix: `${bound} in headroom.config.ts, unless that is what you want` }];
}

/** Whether the bounds of each target can be reached, and where it stands between them. */
export const bounds: Check = {
  name: "bounds",
  async run({ fleet, capacities }) {
    const answers = await capacities;
    return Object.entries(fleet.targets).flatMap(([target, config]): Finding[] => {
      const answer = answers.get(target);
      if (answer?.is !== "capacity") return [];
      const found = [...own(answer, config), ...present(answer, config)];
      const says = `It stands at ${answer.desired}, between ${config.min} and ${config.max}.`;
      return found.length === 0 ? [{ target, status: "ok", says }] : found.map((each) => ({ target, ...each }));
    });
  },
};
