import { expect, it } from "vitest";
import { DAY, HOUR, MONDAY, recorded } from "../../../test/builders/loads.ts";
import { forecast } from "./forecast.ts";
import { pack, unpack } from "./pack.ts";

it.each([
  ["five minutes", 300, 32_000],
  ["one minute", 60, 120_000],
])("48 hours of %s are kept in little room, and come back", (_, step, bytes) => {
  const options = { now: MONDAY + 14 * DAY, horizon: 48 * HOUR, windows: [HOUR] };
  const found = forecast(recorded(14, undefined, step), options);
  if (found.is === "none") throw new Error(found.why);
  const text = JSON.stringify(pack(found));
  expect(text.length).toBeLessThan(bytes);
  const back = unpack(JSON.parse(text));
  expect({ ...back, point: 0, quantiles: 0 }).toEqual({ ...found, point: 0, quantiles: 0 });
  for (const [rank, quantile] of found.quantiles.entries()) {
    expect(back.quantiles[rank]?.length).toBe(quantile.length);
    for (const [index, value] of quantile.entries()) {
      expect(Math.abs((back.quantiles[rank]?.[index] ?? 0) - value)).toBeLessThanOrEqual(1e-6 * value);
    }
  }
});
