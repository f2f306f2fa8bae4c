import { type MetricSignal, signalKey } from "../config/signals.ts";
import type { Proposal } from "../model.ts";
import type { Known, Unknown } from "../readings.ts";
import type { PolicyContext } from "./policy.ts";

/** Why a reading cannot be used, as a policy's abstention. */
export function blindBecause(signal: string, reading: Unknown): Proposal {
  switch (reading.is) {
    case "notYet":
      return { is: "blind", reason: { code: "notYet", data: { signal } } };
    case "none":
      return { is: "blind", reason: { code: "noData", data: { signal } } };
    case "stale":
      return { is: "blind", reason: { code: "stale", data: { signal, age: reading.age } } };
    case "failed":
      return { is: "blind", reason: { code: "failed", data: { signal, why: reading.why } } };
  }
}

/** The abstention of a policy none of whose signals can be trusted: it names the first, which is the one it prefers. */
export function blindTo(signals: readonly MetricSignal[], context: PolicyContext): Proposal {
  for (const signal of signals) {
    const reading = context.metric(signal);
    if (reading.is !== "value") return blindBecause(signalKey(signal), reading);
  }
  return blindBecause("no signal", { is: "none" });
}

/** Why a reading must not lower: there may be more than it says. */
export function atLeast(signal: MetricSignal, reading: Known): Proposal {
  const isAbove = signal.range !== undefined && reading.value >= signal.range[1];
  return {
    is: "blind",
    reason: { code: isAbove ? "aboveRange" : "counterReset", data: { signal: signalKey(signal) } },
  };
}
