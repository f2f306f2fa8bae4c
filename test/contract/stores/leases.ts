import { NotFound } from "@headroom/decisions/errors";
import type { Lease } from "@headroom/decisions/model";
import type { Stores } from "@headroom/loops/world";
import { expect, test } from "vitest";

export function pin(target: string, capacity: number, until = 1000): Lease {
  return { kind: "pin", target, capacity, owner: "ada", reason: "load test", until };
}

/** What every implementation of `Stores` must do with leases. */
export function leasesContract(store: () => Stores["leases"], fresh: () => string): void {
  const of = async (target: string, now = 0) => (await store().list(now)).filter((lease) => lease.target === target);

  test("every kind comes back as it was granted", async () => {
    const target = fresh();
    const granted: Lease[] = [
      { kind: "limit", target, min: 0, max: 9, owner: "ada", reason: "sale", until: 500.25 },
      { kind: "pause", target, direction: "out", owner: "bob", reason: "migration ü", until: 700 },
      pin(target, 4),
    ];
    for (const lease of granted) await store().put(lease);
    expect(await of(target)).toEqual(granted);
  });

  test("one bound alone is one bound alone", async () => {
    const target = fresh();
    const lease: Lease = { kind: "limit", target, max: 3, owner: "ada", reason: "sale", until: 500 };
    await store().put(lease);
    expect(await of(target)).toStrictEqual([lease]);
  });

  test("a lease for all targets is one like any other", async () => {
    const lease: Lease = { kind: "pause", target: "*", direction: "in", owner: "ada", reason: "calm", until: 500 };
    await store().put(lease);
    expect(await of("*")).toEqual([lease]);
    await store().remove("*", "pause");
    expect(await of("*")).toEqual([]);
  });

  test("a new lease replaces one of the same kind on the same target, and no other", async () => {
    const [target, other] = [fresh(), fresh()];
    await store().put(pin(target, 4));
    await store().put(pin(other, 5));
    await store().put(pin(target, 6, 2000));
    expect(await of(target)).toEqual([pin(target, 6, 2000)]);
    expect(await of(other)).toEqual([pin(other, 5)]);
  });

  test("it ends at the very instant, and is not listed from then on", async () => {
    const target = fresh();
    await store().put(pin(target, 4, 100.5));
    expect(await of(target, 100)).toHaveLength(1);
    expect(await of(target, 100.5)).toEqual([]);
    expect(await of(target, 101)).toEqual([]);
  });

  test("what was taken back is gone, the others stay", async () => {
    const target = fresh();
    await store().put(pin(target, 4));
    await store().put({ kind: "pause", target, direction: "both", owner: "ada", reason: "calm", until: 500 });
    await store().remove(target, "pause");
    expect(await of(target)).toEqual([pin(target, 4)]);
  });

  test("what is not there cannot be taken back", async () => {
    const target = fresh();
    await expect(store().remove(target, "pin")).rejects.toThrow(NotFound);
    await store().put(pin(target, 4));
    await expect(store().remove(target, "pause")).rejects.toThrow(NotFound);
    await store().remove(target, "pin");
    await expect(store().remove(target, "pin")).rejects.toThrow(NotFound);
  });

  test("nobody shares an object with the store", async () => {
    const target = fresh();
    const given = pin(target, 4);
    await store().put(given);
    given.until = 1;
    const [taken] = await of(target);
    if (taken !== undefined) taken.until = 2;
    expect(await of(target)).toEqual([pin(target, 4)]);
  });
}
