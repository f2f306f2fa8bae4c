import { contextsOf, present } from "@headroom/decisions/contexts";
import { openInterlocks } from "@headroom/decisions/limits/interlocks";
import type { LimitContext } from "@headroom/decisions/limits/limit";
import type { TickRecord } from "@headroom/decisions/model";

/** What the limits knew when a record was made; undefined where there was no capacity to limit. */
export function limitContextOf({ input, proposals, combined }: TickRecord): LimitContext | undefined {
  const { capacity, settings } = input;
  if (capacity.is === "failed" || combined === null) return undefined;
  const desired = present(capacity, settings.mode);
  if (desired === undefined) return undefined;
  const known = { ...contextsOf(input, capacity, desired).limit, proposals, combined };
  return { ...known, interlocks: openInterlocks(known) };
}
