import type { InterlockContext, OpenInterlock } from "../interlocks/interlock.ts";
import { interlocks } from "../interlocks/registry.ts";
import type { Limit } from "./limit.ts";

/** Interlocks that are open now. `since` carries over from tick to tick while they stay open. */
export function openInterlocks(context: InterlockContext): OpenInterlock[] {
  return interlocks.flatMap(({ name, restrains, maxAge, open }) => {
    const why = open(context);
    if (why === undefined) return [];
    const since = context.memory.interlocks[name] ?? context.at;
    return [{ name, since, why, restrains, over: context.at - since > maxAge }];
  });
}

/** Capacity does not go where an open interlock forbids it. */
export const interlock: Limit = (capacity, { desired, interlocks: open }) => {
  if (capacity === desired) return undefined;
  const direction = capacity < desired ? "in" : "out";
  const found = open.find((each) => each.restrains === direction && !each.over);
  if (found === undefined) return undefined;
  const { name, since, why } = found;
  const code = direction === "in" ? ("interlockIn" as const) : ("interlockOut" as const);
  return { capacity: desired, reason: { code, data: { interlock: name, since, why, capacity } } };
};

/** Units that are busy and protected are not taken: capacity does not fall below their number. */
export const busyUnits: Limit = (capacity, { desired, capacity: there }) => {
  const busy = Math.min(desired, there.protected ?? 0);
  if (capacity >= desired || capacity >= busy) return undefined;
  return { capacity: busy, reason: { code: "protectedUnits", data: { capacity, busy } } };
};
