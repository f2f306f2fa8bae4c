import { HERE } from "@headroom/decisions/config/place";
import type { Signals } from "@headroom/loops/world";
import { cloudwatchSignals } from "./cloudwatch.ts";
import { queueSignals } from "./sqs.ts";

type Wires = Parameters<typeof cloudwatchSignals>[0];

/** The signals of AWS: metrics and metric math of CloudWatch, attributes of SQS queues. */
export function createSignals(wires: Wires): Signals {
  const metrics = cloudwatchSignals(wires);
  const queues = queueSignals(wires);
  return {
    async read(signals, since, place = HERE) {
      const [measured, counted] = await Promise.all([
        metrics(
          signals.filter((signal) => signal.source !== "queue"),
          since,
          place,
        ),
        queues(
          signals.filter((signal) => signal.source === "queue"),
          place,
        ),
      ]);
      return new Map([...measured, ...counted]);
    },
  };
}
