import { CloudWatchClient, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";
import type { Place } from "@headroom/decisions/config/place";
import { type MetricSignal, signalKey } from "@headroom/decisions/config/signals";
import { Invalid } from "@headroom/decisions/errors";
import type { SignalAnswer } from "@headroom/decisions/model";
import type { Clock } from "@headroom/loops/world";
import { answered, fewAtATime } from "../answers.ts";
import type { ClientSettings, Connect } from "../clients.ts";
import { translated } from "../errors.ts";
import { type Batch, batchesOf } from "./metric-queries.ts";
import { gatherResults } from "./metric-results.ts";

/** Calls that one batch may take: to find one query of 500 takes 18. */
const CALLS_A_BATCH = 100;

/** Calls at a time: CloudWatch takes 50 a second. */
const AT_A_TIME = 5;

type Wires = {
  connect: Connect;
  clock: Clock;
  settings: Pick<ClientSettings, "cloudwatchProtocol" | "disableRequestCompression">;
};

/** The first start of a period at or after an instant. CloudWatch cuts periods from the start of the call. */
function alignedUp(at: number, period: number): number {
  return Math.ceil(at / period) * period;
}

/**
 * Reads metrics and metric math, each an answer by its key. A call that fails gives `failed` answers for its own alone,
 * and a query that CloudWatch refuses for itself alone.
 */
export function cloudwatchSignals({ connect, clock, settings }: Wires) {
  const { cloudwatchProtocol, disableRequestCompression = false } = settings;
  const protocol = cloudwatchProtocol === "query" ? { protocol: AwsQueryProtocol } : {};
  const client = connect(
    "CLOUDWATCH",
    (configuration) => new CloudWatchClient({ ...configuration, ...protocol, disableRequestCompression }),
  );

  async function readBatch({ period, signals, queries }: Batch, since: number, place: Place) {
    const start = alignedUp(since, period);
    // The end is exclusive: with it the period that is still filling is in.
    const end = Math.floor(clock.now() / period) * period + period;
    const results = gatherResults();
    if (start < end) {
      const range = { StartTime: new Date(start * 1000), EndTime: new Date(end * 1000) };
      const pages = paginateGetMetricData({ client: client(place) }, { ...range, MetricDataQueries: queries });
      for await (const page of pages) results.page(page);
    }
    return new Map(
      [...signals].map(([id, signal]): [string, SignalAnswer] => [
        signalKey(signal),
        start < end ? results.answer(id, { period, since }) : { is: "series", period, points: [] },
      ]),
    );
  }

  /**
   * CloudWatch refuses a call for one of its queries: halved until that one is alone, the others are read all the same.
   * @param spare calls that are left for it
   */
  async function readApart(
    batch: Batch,
    since: number,
    place: Place,
    spare = { calls: CALLS_A_BATCH },
  ): Promise<Map<string, SignalAnswer>> {
    try {
      return await translated("reading metrics", readBatch(batch, since, place));
    } catch (error) {
      const signals = [...batch.signals.values()];
      if (!(error instanceof Invalid) || signals.length < 2 || spare.calls < 2) throw error;
      spare.calls -= 2;
      const middle = Math.ceil(signals.length / 2);
      const halves = [signals.slice(0, middle), signals.slice(middle)].flatMap(batchesOf);
      const answers = await fewAtATime(halves, 1, (half) =>
        answered([...half.signals.values()].map(signalKey), () => readApart(half, since, place, spare)),
      );
      return new Map(answers.flat());
    }
  }

  return async (signals: readonly MetricSignal[], since: number, place: Place): Promise<[string, SignalAnswer][]> => {
    const distinct = new Map(signals.map((signal) => [signalKey(signal), signal]));
    const answers = await fewAtATime(batchesOf([...distinct.values()]), AT_A_TIME, (batch) =>
      answered([...batch.signals.values()].map(signalKey), () => readApart(batch, since, place)),
    );
    return answers.flat();
  };
}
