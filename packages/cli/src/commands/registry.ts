import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";
import { addBacktest } from "./backtest.ts";
import { addConfig } from "./config.ts";
import { addCost } from "./cost.ts";
import { addDev } from "./dev.ts";
import { addDoctor } from "./doctor.ts";
import { addExplain } from "./explain.ts";
import { addForecast } from "./forecast.ts";
import { addLimit } from "./limit.ts";
import { addPause } from "./pause.ts";
import { addPin } from "./pin.ts";
import { addReplay } from "./replay.ts";
import { addResume } from "./resume.ts";
import { addStatus } from "./status.ts";
import { addUnlimit } from "./unlimit.ts";
import { addUnpin } from "./unpin.ts";

/** Every command, in the order in which the help lists them. A new one is one file and one line. */
export const commands: readonly ((program: Command, terminal: Terminal) => void)[] = [
  addDev,
  addStatus,
  addExplain,
  addReplay,
  addPause,
  addResume,
  addPin,
  addUnpin,
  addLimit,
  addUnlimit,
  addBacktest,
  addForecast,
  addConfig,
  addDoctor,
  addCost,
];
