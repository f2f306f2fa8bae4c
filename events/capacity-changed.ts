import * as z from "zod";

export const type = "headroom.capacity.changed";

const units = z.int().nonnegative();

/** A change of one target's capacity, in units, and why: the last reason is the one that settled it. */
export const change = z.strictObject({
  target: z.string().min(1),
  /** What was set: the capacity itself, or the resource's own minimum. */
  sets: z.enum(["capacity", "minimum"]),
  from: units,
  to: units,
  /** Codes are text here, not a list of all: a subscriber must not break when a new one appears. */
  reasons: z.array(z.strictObject({ code: z.string().min(1), sentence: z.string().min(1) })).min(1),
});

/** What every event on the bus says about itself. */
export const metadata = z.strictObject({
  version: z.literal(1),
  /** The same whenever the same thing is announced again: the bus delivers at least once. */
  id: z.string().min(1),
  /** The instant of the tick. */
  at: z.iso.datetime(),
  fleet: z.string().min(1),
});

/** Out: Headroom set another capacity, and AWS has it. */
export const capacityChanged = z.strictObject({ metadata, data: change });
export type CapacityChanged = z.infer<typeof capacityChanged>;

export const sample: z.input<typeof capacityChanged> = {
  metadata: { version: 1, id: "web@1767268800", at: "2026-01-01T12:00:00Z", fleet: "shop" },
  data: {
    target: "web",
    sets: "capacity",
    from: 4,
    to: 6,
    reasons: [
      {
        code: "aboveTarget",
        sentence:
          "CPUUtilization is 84 per unit against a target of 60: 5.6 units' worth, so 6 units are needed and 4 are set.",
      },
    ],
  },
};
