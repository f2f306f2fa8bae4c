import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { contenders, oracleRow, RUNS_A_ROW } from "@headroom/twin/backtest/backtest";
import type { Row } from "@headroom/twin/backtest/row";
import { type Job, type Report, report } from "./job.ts";

const THREADS = 2;

/** How many runs a backtest takes at most. */
export function mostRuns({ load, options }: Job): number {
  return contenders(load, options).length * RUNS_A_ROW;
}

async function nextReport(worker: Worker): Promise<Report> {
  const [message] = await once(worker, "message");
  return report.parse(message);
}

async function playOn(worker: Worker, policy: string, onRuns: (runs: number) => void): Promise<Row> {
  worker.postMessage({ policy });
  for (let runs = 0; ; runs += 1) {
    const found = await nextReport(worker);
    onRuns(found.is === "run" ? 1 : RUNS_A_ROW - runs);
    if (found.is === "row") return found.row;
  }
}

/**
 * Plays every contender, two at a time on threads of their own. Gives their rows in the order of the table.
 * @param onRuns told of the number of runs that are over, or that turned out not to be needed
 */
export async function playAll(job: Job, onRuns: (runs: number) => void): Promise<Row[]> {
  const names = contenders(job.load, job.options).map(({ policy }) => policy);
  const waiting = [...names];
  const rows = new Map<string, Row>();

  async function work(worker: Worker): Promise<void> {
    try {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        rows.set(name, await playOn(worker, name, onRuns));
      }
    } finally {
      await worker.terminate();
    }
  }

  const threads = Array.from(
    { length: THREADS },
    () => new Worker(new URL("thread.ts", import.meta.url), { workerData: job }),
  );
  await Promise.all(threads.map(work));
  return [...names.flatMap((name) => rows.get(name) ?? []), oracleRow(job.load, job.options)];
}
