import { parentPort, workerData } from "node:worker_threads";
import { contenders, rowOf } from "@headroom/twin/backtest/backtest";
import { job, order, type Report } from "./job.ts";

// A thread that plays contenders, one after the other, as it is told.

const { load, options } = job.parse(workerData);
const tell = (report: Report) => parentPort?.postMessage(report);

parentPort?.on("message", (message: unknown) => {
  const { policy } = order.parse(message);
  const contender = contenders(load, options).find((each) => each.policy === policy);
  if (contender === undefined) throw new Error(`there is no contender ${policy}`);
  tell({ is: "row", row: rowOf(contender, load, options, () => tell({ is: "run" })) });
});
