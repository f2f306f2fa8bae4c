import type { Outlook } from "@headroom/decisions/model";

type Said = Extract<Outlook, { is: "forecast" }>;
/** What an outlook has in common with those of the ticks around it, and how far away its window is. */
type Kind =
  | { is: "none"; why: string }
  | (Pick<Said, "is" | "madeAt" | "level" | "probation"> & { span: [number, number] });

function kindOf(outlook: Outlook, now: number): Kind {
  if (outlook.is === "none") return outlook;
  const { is, madeAt, level, probation, from, to } = outlook;
  return { is, madeAt, level, probation, span: [from - now, to - now] };
}

function areSame(one: Kind | undefined, other: Kind): boolean {
  if (one?.is === "forecast" && other.is === "forecast") {
    return one.madeAt === other.madeAt && one.level === other.level && one.probation === other.probation;
  }
  return one?.is === "none" && other.is === "none" && one.why === other.why;
}

/** Outlooks by the tick, but for what came of them, in 28 bytes each: a run may have two million ticks, and a search has ten runs. */
export function createTape(ticks: number) {
  const [ahead, soon, peak] = [new Float64Array(ticks), new Float64Array(ticks), new Float64Array(ticks)];
  const kindAt = new Int32Array(ticks);
  const kinds: Kind[] = [];
  let length = 0;
  return {
    length: () => length,
    /** Notes what was said at the next tick. */
    push(outlook: Outlook, now: number): void {
      const kind = kindOf(outlook, now);
      if (!areSame(kinds.at(-1), kind)) kinds.push(kind);
      kindAt[length] = kinds.length - 1;
      ahead[length] = outlook.is === "forecast" ? outlook.ahead : 0;
      soon[length] = outlook.is === "forecast" ? outlook.soon : 0;
      peak[length] = outlook.is === "forecast" ? (outlook.peak ?? 0) : 0;
      length += 1;
    },
    /** What was said at a tick, the first being 0; undefined where nothing was noted. */
    at(index: number, now: number): Outlook | undefined {
      const kind = index < length ? kinds[kindAt[index] ?? 0] : undefined;
      if (kind === undefined || kind.is === "none") return kind;
      const { span, ...said } = kind;
      const [from, to] = [now + span[0], now + span[1]];
      const loads = { ahead: ahead[index] ?? 0, soon: soon[index] ?? 0, peak: peak[index] ?? 0 };
      return { ...said, from, to, ...loads };
    },
  };
}
