import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import type { LeaseChange } from "@headroom/api/answers";
import { createApi } from "@headroom/api/app";
import { Invalid } from "@headroom/decisions/errors";
import { instant } from "@headroom/decisions/say";
import type { Stores } from "@headroom/loops/world";
import type { Trace } from "@headroom/twin/workloads/trace";
import type { LoadedConfig } from "../config/load.ts";
import { messageOf } from "../exit.ts";
import type { Speed } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { type Change, changeLine, createChanges } from "./change-lines.ts";
import { type ControlPlane, createControlPlane } from "./control-plane.ts";
import { removeEndpoint, writeEndpoint } from "./endpoint.ts";
import { createHappenings, type Happening, happeningLine, mutationHappening } from "./event-lines.ts";
import { makeFolder } from "./files.ts";
import { newestTick } from "./newest-tick.ts";
import { play } from "./pace.ts";
import { readSaved, restoring, type Saved, save, savedFile } from "./saved.ts";
import { serveLocally } from "./server.ts";
import { withTable } from "./table.ts";

export type DevOptions = {
  config: LoadedConfig;
  traces: ReadonlyMap<string, Trace>;
  speed: Speed;
  /** As asked for; otherwise the one that the state was begun with. */
  seed: number | undefined;
  /** Where state is kept. */
  folder: string;
  /** Changes as JSON, one a line. */
  json: boolean;
};

const MINUTE = 60;
const DEFAULT_SEED = 1;

/** @throws Invalid when the state is of another fleet or another seed */
function checkSame(saved: Saved, { config, seed, folder }: DevOptions): void {
  if (saved.fleet !== config.fleet.name) {
    throw new Invalid(
      `${folder} holds the fleet ${saved.fleet}, not ${config.fleet.name}: choose another with --state`,
    );
  }
  if (seed !== undefined && seed !== saved.seed) {
    throw new Invalid(`${folder} was begun with seed ${saved.seed}: leave --seed out, or choose another with --state`);
  }
}

/** Goes on where an earlier run ended. Time never goes back behind a tick that is in the stores. */
async function goOn(plane: ControlPlane, saved: Saved | undefined, stores: Stores, options: DevOptions): Promise<void> {
  if (saved !== undefined) restoring(savedFile(options.folder), () => plane.twin.restore(saved.twin));
  const { clock } = plane.twin;
  const newest = await newestTick(stores, options.config.fleet);
  clock.pass(newest - clock.now());
}

function greet(
  options: DevOptions,
  { seed, now, isNew }: { seed: number; now: number; isNew: boolean },
  terminal: Terminal,
): void {
  const { config, speed, folder } = options;
  const ids = Object.keys(config.fleet.targets);
  const pace = speed === "max" ? "as fast as this machine can" : `${speed} virtual seconds a second`;
  const where = relative(terminal.cwd, folder) || folder;
  terminal.say(
    [
      `Headroom looks after ${config.fleet.name} (${ids.join(", ")}) of ${config.file} in a simulated AWS account.`,
      `${isNew ? "Begins" : "Goes on"} at ${instant(now)}, ${pace}, seed ${seed}; state in ${where}.`,
      `Ask in a second terminal: npx headroom status, npx headroom explain ${ids[0] ?? "TARGET"}. Ctrl-C stops.`,
      "",
    ].join("\n"),
  );
}

/** Prints what happened, a line each. */
function printer({ config, json }: DevOptions, terminal: Terminal) {
  const width = Math.max(...Object.keys(config.fleet.targets).map((id) => id.length));
  return {
    changes(changes: readonly Change[]): void {
      for (const change of changes) terminal.print(json ? JSON.stringify(change) : changeLine(change, width));
    },
    happenings(happenings: readonly Happening[]): void {
      for (const each of happenings) terminal.print(json ? JSON.stringify(each) : happeningLine(each, width));
    },
  };
}

async function withServer<T>(
  plane: ControlPlane,
  options: DevOptions,
  terminal: Terminal,
  run: () => Promise<T>,
): Promise<T> {
  const { folder, config } = options;
  const { world } = plane.twin;
  const token = randomBytes(24).toString("base64url");
  const onDefect = (error: unknown) => terminal.say(messageOf(error));
  const { happenings } = printer(options, terminal);
  const onMutation = (change: LeaseChange) => happenings([mutationHappening(change)]);
  const api = createApi({ world, fleet: config.fleet, onDefect, onMutation });
  const server = await serveLocally((request) => api.fetch(request), token);
  try {
    await writeEndpoint(folder, { url: server.url, token, pid: process.pid });
    return await run();
  } finally {
    await removeEndpoint(folder);
    await server.close();
  }
}

/**
 * Runs the control loop over a simulated account until it is stopped, and goes on where the last run in the same folder
 * ended.
 * @throws Invalid when the folder is in use, damaged, or of another fleet or seed; it is left as it is
 */
export async function dev(options: DevOptions, terminal: Terminal): Promise<void> {
  const stop = terminal.untilStopped();
  const { folder, config, traces, speed } = options;
  await makeFolder(folder);
  await withTable(folder, async (stores) => {
    const saved = await readSaved(folder);
    if (saved !== undefined) checkSame(saved, options);
    const seed = options.seed ?? saved?.seed ?? DEFAULT_SEED;
    const [changes, happenings, print] = [createChanges(), createHappenings(), printer(options, terminal)];
    const plane = createControlPlane({
      ...{ fleet: config.fleet, seed, traces, stores },
      onTick: (records) => print.changes(changes(records)),
      onError: (error) => terminal.say(messageOf(error)),
    });
    await goOn(plane, saved, stores, options);
    const { clock } = plane.twin;
    const keep = () => save(folder, { version: 1, fleet: config.fleet.name, seed, twin: plane.twin.snapshot() });
    await withServer(plane, options, terminal, async () => {
      greet(options, { seed, now: clock.now(), isNew: saved === undefined }, terminal);
      for (const notice of plane.twin.account.notices()) terminal.say(`note: ${notice}`);
      const onStep = (now: number) => {
        print.happenings(happenings(plane.twin.published()));
        return now % MINUTE === 0 ? keep() : undefined;
      };
      await play(plane, { speed, until: Number.POSITIVE_INFINITY, stop, onStep });
      await keep();
    });
    terminal.say(`Stopped at ${instant(clock.now())}. The state is in ${folder}; headroom dev goes on from there.`);
  });
}
