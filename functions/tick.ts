import type { Fleet } from "@headroom/decisions/config/fleet";
import { type TickResult, tick } from "@headroom/loops/tick";
import type { World } from "@headroom/loops/world";
import { tickDue } from "#events/tick-due";
import { edge, type Log } from "./edge.ts";
import { logTick } from "./pass.ts";

function summary(result: TickResult): Record<string, unknown> {
  if (result.is !== "ticked") return result;
  const scaled = result.records.filter(({ outcome }) => outcome.is === "done").length;
  return { is: result.is, at: result.at, targets: result.records.length, scaled, busy: result.busy };
}

/** Every minute: one pass over the fleet. */
export const tickFunction = (world: World, fleet: Fleet, log: Log) =>
  edge(
    {
      schema: tickDue,
      async handle({ at }, context) {
        const result = await tick(world, fleet, { at: Date.parse(at) / 1000 });
        logTick(log, context, result);
        return result;
      },
      summary,
    },
    log,
  );
