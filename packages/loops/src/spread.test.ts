import { expect, it } from "vitest";
import { spread } from "./spread.ts";

const texts = Array.from({ length: 4000 }, (_, index) => `service-${index}`);

it("is a whole number of 32 bits, the same for the same text", () => {
  for (const text of ["", "a", "web", "naïve-ß-漢", ...texts]) {
    expect(Number.isInteger(spread(text)) && spread(text) >= 0 && spread(text) < 2 ** 32).toBe(true);
    expect(spread(text)).toBe(spread(`${text}`));
  }
});

it("has each bit set in about half of similar texts, and each two together in a quarter", () => {
  const share = (...bits: number[]) =>
    texts.filter((text) => bits.every((bit) => Math.floor(spread(text) / 2 ** bit) % 2 === 1)).length / texts.length;
  for (let bit = 0; bit < 32; bit += 1) {
    expect(share(bit)).toBeCloseTo(0.5, 1);
    if (bit > 0) expect(share(bit - 1, bit)).toBeCloseTo(0.25, 1);
  }
});
