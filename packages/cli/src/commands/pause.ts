import { Invalid } from "@headroom/decisions/errors";
import type { Command } from "commander";
import * as z from "zod";
import { addGranting, granting, grantLease, targetOrAll } from "../leases/lease-options.ts";
import type { Terminal } from "../terminal.ts";

const options = granting.extend({ all: z.boolean(), inOnly: z.boolean(), outOnly: z.boolean() });

function directionOf({ inOnly, outOnly }: z.infer<typeof options>): "both" | "in" | "out" {
  if (inOnly && outOnly) throw new Invalid("Either --in-only or --out-only; without them both are paused");
  return inOnly ? "in" : outOnly ? "out" : "both";
}

/** `headroom pause` */
export function addPause(program: Command, terminal: Terminal): void {
  const command = program
    .command("pause")
    .description("Leaves the capacity of a target, or of all, as it is for a while.")
    .argument("[target]", "id of the target")
    .option("--all", "all targets", false)
    .option("--in-only", "only do not lower", false)
    .option("--out-only", "only do not raise", false);
  addGranting(command).action(async (target: string | undefined, raw: unknown) => {
    const given = options.parse(raw);
    const direction = directionOf(given);
    await grantLease({ kind: "pause", target: targetOrAll(target, given.all), direction }, given, terminal);
  });
}
