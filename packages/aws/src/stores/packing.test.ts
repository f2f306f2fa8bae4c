import { Invalid } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { pack, unpack } from "./packing.ts";

/** Numbers that compress badly, the same ones in every run. */
function numbers(count: number): number[] {
  const drawn: number[] = [];
  for (let state = 1; drawn.length < count; drawn.push(state)) state = (state * 48_271) % 2_147_483_647;
  return drawn;
}

describe("packing", () => {
  test.each([[{ a: [1, null, "ü"], b: {} }], [[]], ["text"], [null], [numbers(50_000)]])(
    "brings back what it took",
    async (value) => {
      expect(await unpack(await pack(value, "It"), "It")).toEqual(value);
    },
  );

  test("what repeats itself gets small", async () => {
    const value = Array.from({ length: 10_000 }, () => ({ at: 60, desired: 4 }));
    expect((await pack(value, "It")).byteLength).toBeLessThan(5_000);
  });

  test("what does not fit in an item is refused by name and size", async () => {
    const packing = pack(numbers(120_000), "The memory of shard all");
    await expect(packing).rejects.toThrow(Invalid);
    await expect(packing).rejects.toThrow(
      /^The memory of shard all is \d{3} KB when packed, and DynamoDB takes 396 KB$/,
    );
  });

  test.each([
    ["something else", new TextEncoder().encode("not packed")],
    ["nothing", new Uint8Array()],
  ])("%s cannot be unpacked", async (_, bytes) => {
    await expect(unpack(bytes, "The record of web at 60")).rejects.toThrow(Invalid);
    await expect(unpack(bytes, "The record of web at 60")).rejects.toThrow(/record of web at 60/);
  });

  test("half of what was packed cannot be unpacked", async () => {
    const packed = await pack(numbers(100), "It");
    await expect(unpack(packed.slice(0, packed.byteLength / 2), "It")).rejects.toThrow(Invalid);
  });
});
