import type { Command } from "commander";
import * as z from "zod";
import { addTakingBack, takeLeaseBack, takingBack, targetOrAll } from "../leases/lease-options.ts";
import type { Terminal } from "../terminal.ts";

const options = takingBack.extend({ all: z.boolean() });

/** `headroom resume` */
export function addResume(program: Command, terminal: Terminal): void {
  const command = program
    .command("resume")
    .description("Ends a pause before its time. That of all targets ends with --all; pauses of single ones stay.")
    .argument("[target]", "id of the target")
    .option("--all", "the pause of all targets", false);
  addTakingBack(command).action(async (target: string | undefined, raw: unknown) => {
    const given = options.parse(raw);
    await takeLeaseBack({ kind: "pause", target: targetOrAll(target, given.all) }, given, terminal);
  });
}
