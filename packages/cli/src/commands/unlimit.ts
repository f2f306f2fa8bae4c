import type { Command } from "commander";
import { addTakingBack, takeLeaseBack, takingBack } from "../leases/lease-options.ts";
import type { Terminal } from "../terminal.ts";

/** `headroom unlimit` */
export function addUnlimit(program: Command, terminal: Terminal): void {
  const command = program
    .command("unlimit")
    .description("Gives a target its own bounds back before a limit's time is over.")
    .argument("<target>", "id of the target");
  addTakingBack(command).action(async (target: string, raw: unknown) => {
    await takeLeaseBack({ kind: "limit", target }, takingBack.parse(raw), terminal);
  });
}
