import { type Signal, signalKey } from "@headroom/decisions/config/signals";
import type { DecideInput } from "@headroom/decisions/model";
import type { Reading } from "@headroom/decisions/readings";
import { amount, instant, time, units } from "@headroom/decisions/say";
import { trustMetric, trustQueue } from "@headroom/decisions/trust";
import { signalsFor } from "@headroom/loops/observe";

/** What a tick made of the answer for one signal. */
export type SignalReading = { signal: string; reading: Reading };

function readingOf(signal: Signal, { answers, now }: DecideInput): Reading {
  const answer = answers[signalKey(signal)];
  if (signal.source === "queue") return trustQueue(signal, answer, now);
  const { zeroWhile } = signal;
  if (zeroWhile === undefined) return trustMetric(signal, answer, now);
  return trustMetric(signal, answer, now, () => trustMetric(zeroWhile, answers[signalKey(zeroWhile)], now));
}

/** Every signal of the target's policies, each once, with the reading that the policies had of it. */
export function readingsOf(input: DecideInput): SignalReading[] {
  const signals = new Map(signalsFor(input.settings).map((signal) => [signalKey(signal), signal]));
  return [...signals].map(([key, signal]) => ({ signal: key, reading: readingOf(signal, input) }));
}

/** How long something has been over. */
export function ago(seconds: number): string {
  return seconds < 1 ? "just now" : `${time(seconds)} ago`;
}

/** A reading for people: the value and its age, or why there is none. */
export function readingSays(reading: Reading, now: number): string {
  switch (reading.is) {
    case "value": {
      const from = reading.units === undefined ? "" : ` from ${units(reading.units)}`;
      const clamped = reading.mayLower ? "" : "; above its declared range, so it may raise but not lower";
      const age = ago(now - reading.at - reading.period);
      return `${amount(reading.value)}${from} (${time(reading.period)} from ${instant(reading.at)}, ended ${age})${clamped}`;
    }
    case "queue": {
      const { visible, inFlight, delayed, at } = reading;
      return `${amount(visible)} visible, ${amount(inFlight)} in flight, ${amount(delayed)} delayed (${ago(now - at)})`;
    }
    case "notYet":
      return "notYet: no period is over and settled";
    case "none":
      return "none: no datapoints, and missing is not zero";
    case "stale":
      return `stale: its newest period ended ${time(reading.age)} ago`;
    case "failed":
      return `failed: ${reading.why}`;
  }
}
