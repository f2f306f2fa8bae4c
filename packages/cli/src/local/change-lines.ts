import { bindingReason } from "@headroom/decisions/binding";
import { sentence } from "@headroom/decisions/reasons";
import type { StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";

/** A change of capacity that was made, that failed, or that was only recommended. */
export type Change = {
  at: string;
  target: string;
  is: "changed" | "notChanged" | "recommended";
  from: number;
  to: number;
  code: string;
  sentence: string;
};

function changeIn({ decision, outcome }: StoredRecord): Pick<Change, "is" | "from" | "to"> | undefined {
  if (decision.is === "scale") {
    return { is: outcome.is === "done" ? "changed" : "notChanged", from: decision.from, to: decision.to };
  }
  if (decision.recommended === null || decision.at === null) return undefined;
  return { is: "recommended", from: decision.at, to: decision.recommended };
}

/** Tells what is new in the records of a tick: a recommendation that stands is told once. */
export function createChanges() {
  const standing = new Map<string, string>();

  return function changes(records: readonly StoredRecord[]): Change[] {
    return records.flatMap((record) => {
      const { target, at } = record.input;
      const change = changeIn(record);
      const key = change === undefined ? "" : `${change.from} ${change.to}`;
      const isOld = change?.is === "recommended" && standing.get(target) === key;
      standing.set(target, key);
      if (change === undefined || isOld) return [];
      const reason = bindingReason(record.decision);
      return [{ at: instant(at), target, ...change, code: reason.code, sentence: sentence(reason) }];
    });
  };
}

const VERBS = { changed: "", notChanged: "did not get ", recommended: "would get " } as const;

/** As wide as `would get 100 -> 120`. */
const WIDEST = 20;

/** A change as one line for people. */
export function changeLine({ at, target, is, from, to, sentence: why }: Change, width: number): string {
  return `${at}  ${target.padEnd(width)}  ${`${VERBS[is]}${from} -> ${to}`.padEnd(WIDEST)}  ${why}`;
}
