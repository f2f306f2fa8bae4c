import { text } from "node:stream/consumers";
import { styleText } from "node:util";
import { userName } from "@headroom/aws/environment";
import { Presets, SingleBar } from "cli-progress";

/** A bar that shows how far something long has come. */
export type Progress = { update(done: number): void; end(): void };

/** What a command may know and do of where it was called. */
export type Terminal = {
  cwd: string;
  /** Who uses it; undefined where the system does not know. */
  user: string | undefined;
  /** Columns of stdout; undefined when it is no screen. */
  width: number | undefined;
  /** Data, on stdout. */
  print(text: string): void;
  /** Messages for people, on stderr. */
  say(text: string): void;
  bold(text: string): string;
  /** On stderr, where that is a screen; otherwise nothing is shown. */
  progress(total: number, unit: string): Progress;
  stdin(): Promise<string>;
  /** From now on Ctrl-C, and whatever else asks the process to end, aborts this signal instead of ending it. */
  untilStopped(): AbortSignal;
};

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function progressOn(stream: NodeJS.WriteStream, total: number, unit: string): Progress {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined };
  const format = `{bar} {value}/{total} ${unit}, {eta_formatted} left`;
  const bar = new SingleBar({ stream, format, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0);
  return { update: (done) => bar.update(done), end: () => bar.stop() };
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  const stop = new AbortController();
  let mayStop = false;
  // Whoever read this has gone (`headroom dev | head`): there is nobody left to work for.
  const leave = () => (mayStop ? stop.abort() : process.exit(0));
  for (const stream of [stdout, stderr]) stream.on("error", leave);
  // So has the launcher in bin/, which would have passed signals on. Waiting for that keeps nothing running.
  process.on("disconnect", leave);
  process.channel?.unref();
  return {
    cwd: process.cwd(),
    user: userName(),
    width: stdout.isTTY ? stdout.columns : undefined,
    print: (data) => void stdout.write(`${data}\n`),
    say: (message) => void stderr.write(`${message}\n`),
    bold: (heading) => styleText("bold", heading, { stream: stdout }),
    progress: (total, unit) => progressOn(stderr, total, unit),
    stdin: () => text(stdin),
    untilStopped() {
      mayStop = true;
      for (const signal of STOPPING) process.on(signal, () => stop.abort());
      return stop.signal;
    },
  };
}
