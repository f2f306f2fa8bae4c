import type { Clock, OutgoingEvent } from "@headroom/loops/world";
import type { Meter } from "./meter.ts";

/** An event, and the instant at which it came on the bus. */
export type PublishedEvent = OutgoingEvent & { received: number };

/** Events that are kept: the newest ones. */
const KEPT = 10_000;

/**
 * The event bus of the twin: it remembers what was published.
 * @param onEvent the rules on the bus: told of each event
 */
export function createBus(clock: Clock, meter: Meter, onEvent: (event: OutgoingEvent) => void = () => undefined) {
  const published: PublishedEvent[] = [];
  return {
    /** Oldest first. */
    published: (): readonly PublishedEvent[] => published,
    put(events: readonly OutgoingEvent[]): void {
      meter.count("eventsPublished", events.length);
      for (const event of events) {
        published.push({ ...structuredClone(event), received: clock.now() });
        onEvent(event);
      }
      if (published.length > 2 * KEPT) published.splice(0, published.length - KEPT);
    },
  };
}
