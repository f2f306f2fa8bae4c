import { HERE, type Place } from "@headroom/decisions/config/place";
import type { MetricSignal, QueueSignal, Signal } from "@headroom/decisions/config/signals";
import type { Clock, Signals } from "@headroom/loops/world";
import type { ClientSettings, Connect } from "../clients.ts";
import { onDemand } from "../on-demand.ts";

type Wires = {
  connect: Connect;
  clock: Clock;
  settings: Pick<ClientSettings, "cloudwatchProtocol" | "disableRequestCompression">;
};

const loadMetrics = () => import("./cloudwatch.ts");
const loadQueues = () => import("./sqs.ts");

/** Loads what reads these signals. */
export async function loadSignals(signals: readonly Signal[]): Promise<void> {
  const areQueues = signals.map(({ source }) => source === "queue");
  await Promise.all([
    areQueues.includes(false) ? loadMetrics() : undefined,
    areQueues.includes(true) ? loadQueues() : undefined,
  ]);
}

/** The signals of AWS: metrics and metric math of CloudWatch, attributes of SQS queues. */
export function createSignals(wires: Wires): Signals {
  const metrics = onDemand(async () => (await loadMetrics()).cloudwatchSignals(wires));
  const queues = onDemand(async () => (await loadQueues()).queueSignals(wires));

  async function measure(signals: readonly MetricSignal[], since: number, place: Place) {
    return signals.length > 0 ? (await metrics())(signals, since, place) : [];
  }

  async function count(signals: readonly QueueSignal[], place: Place) {
    return signals.length > 0 ? (await queues())(signals, place) : [];
  }

  return {
    async read(signals, since, place = HERE) {
      const measured = signals.filter((signal) => signal.source !== "queue");
      const counted = signals.filter((signal) => signal.source === "queue");
      const answers = await Promise.all([measure(measured, since, place), count(counted, place)]);
      return new Map(answers.flat());
    },
  };
}
