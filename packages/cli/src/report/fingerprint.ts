import { createHash } from "node:crypto";
import type { StoredRecord } from "@headroom/decisions/record";
import canonicalize from "canonicalize";

/**
 * A SHA-256 over records in their order, and over the changes of capacity that came of them: the same for the same run.
 * Each is hashed as canonical JSON (RFC 8785) and a line feed.
 */
export function createFingerprint() {
  const hash = createHash("sha256");
  return {
    /** @throws Error when the record holds what JSON cannot carry, such as NaN */
    add(record: StoredRecord): void {
      hash.update(`${canonicalize(record)}\n`);
      const { decision, outcome, input } = record;
      if (decision.is !== "scale" || outcome.is !== "done") return;
      const change = { target: input.target, at: outcome.at, from: decision.from, to: decision.to };
      hash.update(`${canonicalize(change)}\n`);
    },
    /** Of all that was added so far. */
    hex: () => hash.copy().digest("hex"),
  };
}
