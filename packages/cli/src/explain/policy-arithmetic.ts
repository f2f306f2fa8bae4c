import type { DecideInput } from "@headroom/decisions/model";
import type { PolicySettings } from "@headroom/decisions/policies/registry";
import type { Reason } from "@headroom/decisions/reasons";
import { amount, percent, units } from "@headroom/decisions/say";
import { openBounds } from "@headroom/decisions/schedule/open";

type Data<Code extends Reason["code"]> = Extract<Reason, { code: Code }>["data"];

/** The settings of the policy that a proposal is from: it is named by its kind, numbered from the second on. */
function policyOf<Kind extends PolicySettings["kind"]>(name: string, kind: Kind, { settings }: DecideInput) {
  const number = Number(/ (\d+)$/.exec(name)?.[1] ?? 1);
  const ofKind = settings.policies.filter(
    (each): each is Extract<PolicySettings, { kind: Kind }> => each.kind === kind,
  );
  return ofKind[number - 1];
}

/** `ceil(ready × (1 + min(1, burn ÷ 20)))`, and at most so far above what the others propose. */
export function boosted({ ready, burn, wanted, cap }: Data<"objectiveBurns">): string {
  return `${ready} × (1 + min(1, ${amount(burn)} ÷ 20)) = ${amount(ready * (1 + Math.min(1, burn / 20)))}, so ${wanted}, capped at ${cap}`;
}

/** The step that a value is in, and what it does to the capacity of the datapoint's own period. */
export function stepped(
  name: string,
  { value, base, capacity }: Data<"stepTaken">,
  input: DecideInput,
): string | undefined {
  const step = policyOf(name, "step", input)?.steps.find(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => value >= from && value < to,
  );
  if (step === undefined) return undefined;
  const { from, to, change } = step;
  const range = `${from === undefined ? "" : amount(from)}..${to === undefined ? "" : amount(to)}`;
  const signed = (number: number) => `${number < 0 ? "−" : "+"} ${amount(Math.abs(number))}`;
  if ("exactly" in change) return `step ${range}: exactly ${units(change.exactly)}`;
  if ("units" in change) return `step ${range}: ${base} ${signed(change.units)} = ${capacity}`;
  const exact = amount((base * change.percent) / 100);
  return `step ${range}: ${base} ${signed(change.percent)} % (${exact}, at least ${change.atLeast}) = ${capacity}`;
}

/** The windows of the schedules that are open, as the bounds they make. */
export function scheduled(input: DecideInput): string | undefined {
  const { floor, ceiling } = openBounds(input.settings.policies, input.at);
  if (floor === 0 && !Number.isFinite(ceiling)) return undefined;
  return `open windows: at least ${floor}${Number.isFinite(ceiling) ? `, at most ${ceiling}` : ""}`;
}

/** Burn rates beside what they would have to be. */
export function burnRates({ short, long, above }: Data<"objectiveMet">): string {
  const share = (burn: number) => percent(burn / above);
  return `short window ${amount(short)} of ${amount(above)} (${share(short)}), long window ${amount(long)} (${share(long)})`;
}
