import { readFile } from "node:fs/promises";
import { estimateOf } from "@headroom/cli/cost/estimate";
import { play } from "@headroom/cli/cost/play";
import { parseConfig } from "@headroom/decisions/config/define";
import { PRICES_OF } from "@headroom/twin/prices";
import { expect, it } from "vitest";
import config from "../../headroom.config.ts";

const guide = new URL("../../docs/deploy.md", import.meta.url);
const DAY = 86_400;

/** Share by which the guide may be off before somebody has to write it anew. */
const MAY_BE_OFF = 0.1;

it("the guide names what the example fleet costs", async () => {
  const text = await readFile(guide, "utf8");
  const [, total, alone] = /^\| total \| \| ([\d.]+) \| ([\d.]+) \|$/m.exec(text) ?? [];
  const fleet = parseConfig(config, "headroom.config.ts");
  const { usd, afterFreeTier } = estimateOf(fleet, await play(fleet, { seconds: DAY, seed: 1 }, () => undefined));
  expect(Math.abs(usd / Number(total) - 1)).toBeLessThan(MAY_BE_OFF);
  expect(Math.abs(afterFreeTier / Number(alone) - 1)).toBeLessThan(MAY_BE_OFF);
  expect(text).toContain(`list prices in us-east-1 of ${PRICES_OF}`);
});
