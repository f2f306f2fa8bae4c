import type { TargetConfig } from "@headroom/decisions/config/settings";
import { type MetricSignal, type Signal, signalKey } from "@headroom/decisions/config/signals";
import type { SignalAnswer } from "@headroom/decisions/model";
import { signalsOf } from "@headroom/decisions/policies/registry";
import { time } from "@headroom/decisions/say";
import type { Check, Finding } from "./check.ts";
import { fixOf, kindOf } from "./failure.ts";
import { METRICS_SECONDS } from "./look.ts";

type Found = Omit<Finding, "target">;
type Answers = ReadonlyMap<string, SignalAnswer>;

const WITHIN = `in the last ${time(METRICS_SECONDS)}`;

function hasData(signal: Signal, answers: Answers): boolean {
  const answer = answers.get(signalKey(signal));
  return answer?.is === "queue" || (answer?.is === "series" && answer.points.length > 0);
}

/** Whether a policy that lists these could use one of them. */
function isSeen(signals: readonly Signal[], answers: Answers): boolean {
  return signals.some((signal) => hasData(signal, answers));
}

function absent(signal: MetricSignal, others: readonly Signal[], answers: Answers): Found {
  const key = signalKey(signal);
  if (signal.zeroWhile !== undefined && hasData(signal.zeroWhile, answers))
    return { status: "ok", says: `${key} has no datapoint ${WITHIN}, which counts as 0.` };
  const fix = "compare its namespace, name, dimensions and statistic with CloudWatch's, letter by letter";
  const says = `${key} has no datapoint ${WITHIN}`;
  return isSeen(others, answers)
    ? { status: "warning", says: `${says}. Another signal of the policy has.`, fix }
    : { status: "problem", says: `${says}: its policy would be blind.`, fix };
}

/** How old the newest finished period is, against what the signal allows. */
function aged(signal: MetricSignal, newest: number, now: number): Found {
  const age = Math.max(0, now - newest - signal.period);
  const says = `${signalKey(signal)} has data, the newest ${time(age)} old.`;
  if (age <= signal.maxAge) return { status: "ok", says };
  const fix = "see whether its source still reports, or raise maxAge";
  return { status: "warning", says: `${says} Above ${time(signal.maxAge)} it is stale.`, fix };
}

function found(signal: Signal, others: readonly Signal[], answers: Answers, now: number): Found {
  const key = signalKey(signal);
  const answer = answers.get(key);
  if (answer === undefined) return { status: "notChecked", says: `${key} was not answered.`, fix: "try again" };
  if (answer.is === "failed") {
    const status = ["NotFound", "Invalid"].includes(kindOf(answer.why)) ? "problem" : "notChecked";
    return { status, says: `${key} cannot be read. ${answer.why}`, fix: fixOf(answer.why) };
  }
  if (signal.source === "queue" || answer.is === "queue") return { status: "ok", says: `${key} can be read.` };
  const newest = answer.points.at(-1);
  return newest === undefined ? absent(signal, others, answers) : aged(signal, newest.at, now);
}

/** Each list of signals of which one is enough. */
function listsOf({ policies, guards: { retryStorm } }: TargetConfig): Signal[][] {
  return [...policies.map((policy) => signalsOf(policy)), ...(retryStorm ? [[retryStorm.errors]] : [])];
}

/** Whether each signal of each target has datapoints, and fresh ones. */
export const metrics: Check = {
  name: "signals",
  async run({ fleet, signals, clock }) {
    const byTarget = await signals;
    return Object.entries(fleet.targets).flatMap(([target, config]) => {
      const answers = byTarget.get(target) ?? new Map<string, SignalAnswer>();
      const findings = listsOf(config).flatMap((list) =>
        list.map((signal) => [signalKey(signal), found(signal, list, answers, clock.now())] as const),
      );
      // Two policies may want the same signal: it is told of once.
      return [...new Map(findings).values()].map((each) => ({ target, ...each }));
    });
  },
};
