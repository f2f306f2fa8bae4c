import type { Fleet } from "@headroom/decisions/config/fleet";
import { signalsFor } from "@headroom/loops/observe";
import { loadSignals } from "./signals/read.ts";
import { kinds } from "./targets/registry.ts";

/**
 * Loads what calls AWS for a fleet: the clients of its targets' kinds and of its signals, and no others. What is not
 * loaded here is when it is first needed. Lambda starts a function at full speed and then runs it at what its memory is
 * worth, so what every pass needs is loaded before the first.
 */
export async function loadFor({ targets }: Pick<Fleet, "targets">): Promise<void> {
  const configs = Object.values(targets);
  const used = new Set(configs.map(({ resource }) => resource.kind));
  await Promise.all([...[...used].map((kind) => kinds[kind].load()), loadSignals(configs.flatMap(signalsFor))]);
}
