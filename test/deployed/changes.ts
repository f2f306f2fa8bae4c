import * as z from "zod";
import * as capacityChanged from "#events/capacity-changed";
import type { Inbox } from "./inbox.ts";

const event = z.looseObject({
  "detail-type": z.literal(capacityChanged.type),
  detail: capacityChanged.capacityChanged,
});

/** The changes of a target's capacity that were announced on the bus, as `from → to`. */
export async function changesOf(target: string, announced: Inbox): Promise<string[]> {
  return (await announced()).flatMap((each) => {
    const found = event.safeParse(each);
    if (!found.success || found.data.detail.data.target !== target) return [];
    const { from, to } = found.data.detail.data;
    return [`${from} → ${to}`];
  });
}
