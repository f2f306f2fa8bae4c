import { decide } from "@headroom/decisions/decide";
import type { StoredRecord } from "@headroom/decisions/record";
import { describe, expect, it } from "vitest";
import { input } from "../../../../test/builders/decisions.ts";
import { createFingerprint } from "./fingerprint.ts";

const held: StoredRecord = { ...decide(input()), outcome: { is: "none" } };
const later: StoredRecord = { ...decide(input({ at: held.input.at + 60 })), outcome: { is: "none" } };

function of(...records: readonly StoredRecord[]): string {
  const fingerprint = createFingerprint();
  for (const record of records) fingerprint.add(record);
  return fingerprint.hex();
}

describe("fingerprint", () => {
  it("is a SHA-256 in hex", () => {
    expect(of()).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(of(held)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same for the same records, whatever the order of their keys", () => {
    const { version, ...rest } = held;
    expect(of({ ...rest, version })).toBe(of(held));
  });

  it("sees records, their order, and what came of them", () => {
    const done: StoredRecord = { ...held, outcome: { is: "done", at: 1 } };
    expect(new Set([of(held), of(later), of(held, later), of(later, held), of(done)]).size).toBe(5);
  });

  it("can be read in between", () => {
    const fingerprint = createFingerprint();
    fingerprint.add(held);
    expect(fingerprint.hex()).toBe(of(held));
    fingerprint.add(later);
    expect(fingerprint.hex()).toBe(of(held, later));
  });

  it("refuses what JSON cannot carry", () => {
    expect(() => of({ ...held, combined: Number.NaN })).toThrow("NaN");
  });
});
