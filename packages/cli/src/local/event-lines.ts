import type { LeaseChange } from "@headroom/api/answers";
import { time } from "@headroom/decisions/say";
import type { OutgoingEvent } from "@headroom/loops/world";
import { attentionRaised } from "../../../../events/attention-raised.ts";
import { forecastDemoted } from "../../../../events/forecast-demoted.ts";
import { forecastPromoted } from "../../../../events/forecast-promoted.ts";
import { interlockClosed } from "../../../../events/interlock-closed.ts";
import { interlockOpened } from "../../../../events/interlock-opened.ts";
import { leaseEnded } from "../../../../events/lease-ended.ts";

/** Something other than a change of capacity that people are told of. */
export type Happening = { at: string; target: string; is: string; sentence: string };

/** An event as `events/` describes it: its type is known. */
type Envelope = Pick<OutgoingEvent, "metadata" | "data">;

/** Ids of events that are remembered, to tell of each once: ticks are delivered more than once. */
const REMEMBERED = 1000;

function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

function leaseEnd(event: Envelope): Omit<Happening, "at"> {
  const { target, kind, owner, reason, ranOut } = leaseEnded.parse(event).data;
  const how = ranOut ? "ran out" : "was taken back or replaced";
  return { target, is: "lease ended", sentence: `The ${kind} by ${owner} ${how}: ${reason}.` };
}

function closing(event: Envelope): Omit<Happening, "at"> {
  const { metadata, data } = interlockClosed.parse(event);
  const lasted = time(seconds(metadata.at) - seconds(data.since));
  return { target: data.target, is: "interlock closed", sentence: `${data.interlock}, after ${lasted}.` };
}

/** By type of event, what it says to people; types that are not here are told otherwise. */
const tellers: Record<string, (event: Envelope) => Omit<Happening, "at">> = {
  "headroom.lease.ended": leaseEnd,
  "headroom.attention.raised": (event) => {
    const { target, kind, sentence } = attentionRaised.parse(event).data;
    return { target, is: `attention ${kind}`, sentence };
  },
  "headroom.forecast.demoted": (event) => {
    const { target, policy, why } = forecastDemoted.parse(event).data;
    return {
      target,
      is: "forecast demoted",
      sentence: `${policy} asks for nothing until it has proven itself: ${why}.`,
    };
  },
  "headroom.forecast.promoted": (event) => {
    const { target, policy, why } = forecastPromoted.parse(event).data;
    return { target, is: "forecast promoted", sentence: `${policy} is trusted again: ${why}.` };
  },
  "headroom.interlock.opened": (event) => {
    const { target, interlock, why } = interlockOpened.parse(event).data;
    return { target, is: "interlock opened", sentence: `${interlock}: ${why}.` };
  },
  "headroom.interlock.closed": closing,
};

/** Tells what is new on the bus, each event once, however often it was published. */
export function createHappenings() {
  const told = new Set<string>();
  let newest: OutgoingEvent | undefined;

  function isNew({ type, metadata }: OutgoingEvent): boolean {
    const key = `${type} ${metadata.id}`;
    if (told.has(key)) return false;
    told.add(key);
    const [oldest] = told;
    if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
    return true;
  }

  return function happenings(published: readonly OutgoingEvent[]): Happening[] {
    const since = newest === undefined ? 0 : published.lastIndexOf(newest) + 1;
    newest = published.at(-1) ?? newest;
    return published.slice(since).flatMap((event) => {
      const tell = Object.hasOwn(tellers, event.type) ? tellers[event.type] : undefined;
      return tell === undefined || !isNew(event)
        ? []
        : [{ at: event.metadata.at, ...tell({ metadata: event.metadata, data: event.data }) }];
    });
  };
}

/** What an operator changed, as what people are told. */
export function mutationHappening({ at, target, kind, owner, reason, before, after }: LeaseChange): Happening {
  const sentence =
    after?.sentence ??
    `The ${kind} was taken back by ${owner}${reason ? `: ${reason}` : ""}. It was: ${before?.sentence}`;
  return {
    at,
    target: target === "*" ? "all" : target,
    is: after === null ? "lease taken back" : "lease granted",
    sentence,
  };
}

/** As wide as `attention capacity-did-not-arrive` would be too wide: the usual ones line up. */
const WIDEST = 20;

/** A happening as one line for people. */
export function happeningLine({ at, target, is, sentence }: Happening, width: number): string {
  const instant = at.replace("T", " ").replace(/\.\d+Z$/, "Z");
  return `${instant}  ${target.padEnd(width)}  ${is.padEnd(WIDEST)}  ${sentence}`;
}
