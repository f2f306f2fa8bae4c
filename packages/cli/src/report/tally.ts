import { bindingReason } from "@headroom/decisions/binding";
import type { StoredRecord } from "@headroom/decisions/record";

/** What the ticks of one target decided. */
export type Tally = {
  ticks: number;
  scaled: number;
  held: number;
  /** How often each reason was the one that settled it. */
  reasons: Record<string, number>;
};

/** Counts decisions by target. */
export function createTally() {
  const tallies = new Map<string, Tally>();
  const of = (target: string): Tally => tallies.get(target) ?? { ticks: 0, scaled: 0, held: 0, reasons: {} };
  return {
    add({ input, decision }: StoredRecord): void {
      const { ticks, scaled, held, reasons } = of(input.target);
      const code = bindingReason(decision).code;
      const isScale = decision.is === "scale";
      tallies.set(input.target, {
        ticks: ticks + 1,
        scaled: scaled + Number(isScale),
        held: held + Number(!isScale),
        reasons: { ...reasons, [code]: (reasons[code] ?? 0) + 1 },
      });
    },
    of,
  };
}
