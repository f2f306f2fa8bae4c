import * as z from "zod";
import { targetConfig } from "./settings.ts";

/** Ids of targets travel in keys, events, paths and shells. */
const targetId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "is not an id: use a-z, 0-9 and -, beginning with a letter");

/** The whole of `headroom.config.ts`. */
export const fleet = z.strictObject({
  name: z.string().min(1),
  targets: z.record(targetId, targetConfig),
});
export type Fleet = z.infer<typeof fleet>;
export type FleetInput = z.input<typeof fleet>;
