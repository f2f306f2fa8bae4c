import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import { Throttled } from "@headroom/decisions/errors";
import type { OutgoingEvent, World } from "@headroom/loops/world";
import type { Connect } from "../clients.ts";
import { refused, translated } from "../errors.ts";
import { inBatches } from "../stores/batches.ts";

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html

const EVENTS_A_CALL = 10;

/** Bytes of all entries of a call (EventBridge user guide, "Calculating PutEvents event entry size"). */
const BYTES_A_CALL = 262_144;
const BYTES_OF_TIME = 14;

/** Who the events are from, for rules on the bus. */
export const SOURCE = "headroom";

function entryOf(bus: string, { type, metadata, data }: OutgoingEvent): PutEventsRequestEntry {
  return {
    ...{ EventBusName: bus, Source: SOURCE, DetailType: type, Time: new Date(metadata.at) },
    Detail: JSON.stringify({ metadata, data }),
  };
}

function bytesOf({ Source = "", DetailType = "", Detail = "" }: PutEventsRequestEntry): number {
  return BYTES_OF_TIME + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

/** Whether another try may succeed. @throws what AWS says of an entry that it will never take */
function isLeftOver({ ErrorCode: name, ErrorMessage: message = "no reason given" }: PutEventsResultEntry): boolean {
  if (name === undefined) return false;
  const error = refused("publishing an event", { name, message });
  if (error instanceof Throttled) return true;
  throw error;
}

/** Puts events on a bus. What it takes none of, or only some of, is tried again; duplicates carry the same id. */
export function createPublish(connect: Connect, bus: string): World["publish"] {
  const client = connect("EVENTBRIDGE", (configuration) => new EventBridgeClient(configuration));

  /** Gives what was left over: results are in the order of the entries. */
  async function send(entries: readonly PutEventsRequestEntry[]): Promise<PutEventsRequestEntry[]> {
    const call = client().send(new PutEventsCommand({ Entries: [...entries] }));
    const { Entries: results = [] } = await translated(`publishing on ${bus}`, call);
    return entries.filter((_, index) => isLeftOver(results[index] ?? {}));
  }

  return (events) => {
    const entries = events.map((event) => entryOf(bus, event));
    return inBatches(entries, { size: EVENTS_A_CALL, weight: { of: bytesOf, most: BYTES_A_CALL }, send });
  };
}
