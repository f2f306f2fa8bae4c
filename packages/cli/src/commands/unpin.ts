import type { Command } from "commander";
import { addTakingBack, takeLeaseBack, takingBack } from "../leases/lease-options.ts";
import type { Terminal } from "../terminal.ts";

/** `headroom unpin` */
export function addUnpin(program: Command, terminal: Terminal): void {
  const command = program
    .command("unpin")
    .description("Ends a pin before its time.")
    .argument("<target>", "id of the target");
  addTakingBack(command).action(async (target: string, raw: unknown) => {
    await takeLeaseBack({ kind: "pin", target }, takingBack.parse(raw), terminal);
  });
}
