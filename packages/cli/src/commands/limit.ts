import { type Command, Option } from "commander";
import * as z from "zod";
import { addGranting, granting, grantLease } from "../leases/lease-options.ts";
import { readPositive, readWhole } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const options = granting.extend({ min: z.number().optional(), max: z.number().optional() });

/** `headroom limit` */
export function addLimit(program: Command, terminal: Terminal): void {
  const command = program
    .command("limit")
    .description("Puts other bounds in place of a target's own for a while. Exit code 3 where they cross.")
    .argument("<target>", "id of the target")
    .addOption(new Option("--min <n>", "fewest units").argParser(readWhole))
    .addOption(new Option("--max <n>", "most units; it may be above the configured maximum").argParser(readPositive));
  addGranting(command).action(async (target: string, raw: unknown) => {
    const { min, max, ...given } = options.parse(raw);
    await grantLease({ kind: "limit", target, min, max }, given, terminal);
  });
}
