import type { Command } from "commander";
import { addGranting, granting, grantLease } from "../leases/lease-options.ts";
import { readWhole } from "../options.ts";
import type { Terminal } from "../terminal.ts";

/** `headroom pin` */
export function addPin(program: Command, terminal: Terminal): void {
  const command = program
    .command("pin")
    .description("Keeps a target at a capacity for a while. It must be within its bounds: exit code 3 otherwise.")
    .argument("<target>", "id of the target")
    .argument("<units>", "capacity", readWhole);
  addGranting(command).action(async (target: string, capacity: number, raw: unknown) => {
    await grantLease({ kind: "pin", target, capacity }, granting.parse(raw), terminal);
  });
}
