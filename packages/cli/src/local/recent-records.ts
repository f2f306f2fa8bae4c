import type { RecordStore, StoredRecord } from "@headroom/loops/world";

const KEPT = 16;

/**
 * Records of the newest ticks only, so that a run of months fits into memory: the loop itself never looks further back
 * than the tick before.
 */
export function recentRecords(): RecordStore {
  const byTarget = new Map<string, StoredRecord[]>();
  const of = (target: string) => byTarget.get(target) ?? [];
  return {
    async append(records) {
      for (const record of records) {
        const { target, at } = record.input;
        const others = of(target).filter(({ input }) => input.at !== at);
        byTarget.set(target, [record, ...others].sort((a, b) => b.input.at - a.input.at).slice(0, KEPT));
      }
    },
    async list(target, { from, to, limit }) {
      return of(target)
        .filter(({ input }) => from <= input.at && input.at <= to)
        .slice(0, limit);
    },
  };
}
