import { gzipSync } from "node:zlib";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { encodeRecord } from "@headroom/decisions/record";
import type { Stores } from "@headroom/loops/world";
import type { Usage } from "@headroom/twin/meter";
import { memoryStores } from "@headroom/twin/stores";
import { createTwin } from "@headroom/twin/world";
import { alarmFunction } from "../../../../functions/alarm.ts";
import { forecastFunction } from "../../../../functions/forecast.ts";
import { shardFunction } from "../../../../functions/shard.ts";
import { tickFunction } from "../../../../functions/tick.ts";
import { localContext } from "../local/context.ts";
import { BEGINNING } from "../local/control-plane.ts";

const MINUTE = 60;
/** Of each target: the loop itself never looks further back than the tick before. */
const RECORDS_KEPT = 16;

const silence = { info: () => undefined, error: () => undefined };

/** What a stretch of virtual time took: what the meter counted, and the size of the records that were kept. */
export type Played = { seconds: number; used: Usage; recordBytes: number; failed: number };

/** The same stores, with the bytes of records counted: they are stored as gzip (packages/aws/src/stores/packing.ts). */
function weighed(stores: Stores, count: (bytes: number) => void): Stores {
  return {
    ...stores,
    records: {
      ...stores.records,
      append(records) {
        for (const record of records) count(gzipSync(JSON.stringify(encodeRecord(record))).byteLength);
        return stores.records.append(records);
      },
    },
  };
}

/**
 * Plays a fleet as it is deployed, all of its functions and both of their queues, in the simulated account.
 * @param options.seconds of virtual time, from midnight before a Monday
 * @param onMinute told after each virtual minute how many there were
 */
export async function play(
  fleet: Fleet,
  { seconds, seed }: { seconds: number; seed: number },
  onMinute: (minutes: number) => void,
): Promise<Played> {
  let recordBytes = 0;
  const stores = weighed(memoryStores({ keep: RECORDS_KEPT }), (bytes) => {
    recordBytes += bytes;
  });
  const { world, deliveries, meter, clock } = createTwin({ fleet, seed, start: BEGINNING, stores });
  const tick = tickFunction(world, fleet, silence);
  const alarm = alarmFunction(world, fleet, silence);
  const shard = shardFunction(world, fleet, silence);
  const forecast = forecastFunction(world, fleet, silence);
  const functions = {
    handler: (event: unknown) => tick(event, localContext("tick")),
    alarmHandler: (event: unknown) => alarm(event, localContext("alarm")),
    shardHandler: (event: unknown) => shard(event, localContext("shard")),
    forecastHandler: (event: unknown) => forecast(event, localContext("forecast")),
  };
  const minutes = Math.ceil(seconds / MINUTE);
  let failed = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    const run = await deliveries.run({ for: MINUTE, ...functions });
    failed += run.failed + run.crashed + run.rejected;
    onMinute(minute + 1);
  }
  // The clock also passes while the last tick runs.
  return { seconds: Math.min(minutes * MINUTE, clock.now() - BEGINNING), used: meter.used(), recordBytes, failed };
}
