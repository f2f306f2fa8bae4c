import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { startEmulator } from "./emulator.ts";
import { ministack } from "./ministack.ts";
import { moto } from "./moto.ts";

/** Addresses by which other machines reach this one. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === "IPv4")
  .map(({ address }) => address);

test.each([moto, ministack])("$name starts, answers for nobody but this machine, and ends", async (recipe) => {
  const { endpoint, stop } = await startEmulator(recipe);
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(endpoint + recipe.health)).status).toBe(200);
  for (const address of outside) await expect(fetch(endpoint.replace("127.0.0.1", address))).rejects.toThrow();
  await stop();
  await expect(fetch(endpoint + recipe.health)).rejects.toThrow();
});
