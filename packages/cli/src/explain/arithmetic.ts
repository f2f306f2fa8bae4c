import { capacityDuring } from "@headroom/decisions/capacity";
import type { DecideInput, Proposed } from "@headroom/decisions/model";
import type { Reason } from "@headroom/decisions/reasons";
import { amount, time } from "@headroom/decisions/say";
import { boosted, burnRates, scheduled, stepped } from "./policy-arithmetic.ts";
import { readingsOf } from "./readings.ts";

type Data<Code extends Reason["code"]> = Extract<Reason, { code: Code }>["data"];
type Tracked = Data<"aboveTarget" | "belowTarget" | "withinTolerance" | "roundedUp" | "notAllReported">;
type Backlog = Data<"backlogNeedsMore" | "backlogNeedsLess" | "backlogOnPace" | "backlogInfeasible">;

/** Units during the period of a reading: those that sent samples, and those that ran or served by what is remembered. */
function unitsThen({ signal }: Tracked, input: DecideInput) {
  const { capacity, memory, tick } = input;
  if (capacity.is === "failed") return undefined;
  const found = readingsOf(input).find((each) => each.signal === signal);
  if (found?.reading.is !== "value") return undefined;
  const { at, period, units } = found.reading;
  // As the policy does: the present look counts too.
  const looks = [...memory.ring, { at: input.at, running: capacity.running, ready: capacity.ready }];
  const then = capacityDuring(looks, { from: at, to: at + period, tick });
  return then && { ...then, sampled: units ?? then.running };
}

/** `units that sent samples × value ÷ target`; for lowering each unit that sent none counts as one on target. */
function average(data: Tracked, lowering: boolean, input: DecideInput): string | undefined {
  const then = unitsThen(data, input);
  if (then === undefined) return undefined;
  const counted = lowering ? then.sampled : Math.min(then.sampled, then.ready);
  const silent = lowering ? Math.max(0, then.running - then.sampled) : 0;
  const more = silent > 0 ? ` + ${amount(silent)} that sent nothing` : "";
  return `${amount(counted)} units × ${amount(data.value)} ÷ ${amount(data.target)}${more} = ${amount(data.units)}`;
}

function tracked(data: Tracked, lowering: boolean, input: DecideInput): string | undefined {
  if (data.of !== "total") return average(data, lowering, input);
  return `${amount(data.value)} ÷ ${amount(data.target)} = ${amount(data.units)}`;
}

/** What more arrives than the ready units work off until new ones serve: `max(0, λ − μ) × w`. */
function growth(data: Backlog, { capacity, settings }: DecideInput): number {
  const ready = capacity.is === "capacity" ? capacity.ready : 0;
  const rate = (ready * data.concurrency) / data.secondsPerMessage;
  return Math.max(0, data.arrivals - rate) * settings.warmUp;
}

/** `S × (λ + B′ ÷ r) ÷ c`, see the queue policy. */
function drained(data: Backlog, input: DecideInput): string {
  const { secondsPerMessage: s, arrivals, concurrency, left } = data;
  const more = growth(data, input);
  const backlog = data.visible + data.delayed + more;
  const units = (s * (arrivals + backlog / left)) / concurrency;
  const during = more > 0 ? ` (${amount(more)} of it until new units serve)` : "";
  const formula = `${amount(s)} s × (${amount(arrivals)}/s + ${amount(backlog)} ÷ ${time(left)}) ÷ ${concurrency}`;
  return `${formula} = ${amount(units)}${during}`;
}

/** How a policy came to its number, or undefined where there is nothing to work out. */
export function arithmeticOf({ policy, reason }: Proposed, input: DecideInput): string | undefined {
  switch (reason.code) {
    case "aboveTarget":
    case "withinTolerance":
    case "notAllReported":
      return tracked(reason.data, false, input);
    case "belowTarget":
    case "roundedUp":
      return tracked(reason.data, true, input);
    case "backlogNeedsMore":
    case "backlogNeedsLess":
    case "backlogOnPace":
    case "backlogInfeasible":
      return drained(reason.data, input);
    case "stepTaken":
      return stepped(policy, reason.data, input);
    case "objectiveBurns":
      return boosted(reason.data);
    case "objectiveMet":
      return burnRates(reason.data);
    case "windowFloor":
    case "noWindow":
      return scheduled(input);
    default:
      return undefined;
  }
}
