import type { Clock } from "@headroom/loops/world";

/** The clock of the machine, which AWS keeps right on Lambda. */
export const clock: Clock = { now: () => Date.now() / 1000 };
