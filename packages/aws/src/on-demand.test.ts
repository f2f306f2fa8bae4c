import { expect, it } from "vitest";
import { onDemand } from "./on-demand.ts";

it("what takes loading is made when it is first asked for, and once", async () => {
  let made = 0;
  const get = onDemand(async () => {
    made += 1;
    return { made };
  });
  expect(made).toBe(0);
  const [first, second] = await Promise.all([get(), get()]);
  expect(second).toBe(first);
  expect(await get()).toBe(first);
  expect(made).toBe(1);
});
