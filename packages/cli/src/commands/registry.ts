import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";
import { addConfig } from "./config.ts";
import { addDev } from "./dev.ts";
import { addExplain } from "./explain.ts";
import { addReplay } from "./replay.ts";
import { addStatus } from "./status.ts";

/** Every command, in the order in which the help lists them. A new one is one file and one line. */
export const commands: readonly ((program: Command, terminal: Terminal) => void)[] = [
  addDev,
  addStatus,
  addExplain,
  addReplay,
  addConfig,
];
