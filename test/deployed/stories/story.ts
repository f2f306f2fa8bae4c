import type { Check } from "../../contract/world/account.ts";
import type { Deployment } from "../deployment.ts";

/** Cases about one deployment, in the order in which they happen. */
export type Story = (deployed: () => Deployment, check: Check) => void;

/** What takes a moment: functions that start. */
export const soon = { timeout: 20_000, interval: 200 };
/** What would have happened by now, had it happened at all. */
export const atOnce = { timeout: 4_000, interval: 200 };
