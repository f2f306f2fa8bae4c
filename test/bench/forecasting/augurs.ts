import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import initMstl, { MSTL } from "@bsull/augurs/mstl";
import initProphet, { Prophet } from "@bsull/augurs/prophet";
import type { Model } from "./model.ts";

const PROPHET_EVERY = 5;
/** The upper end of a central interval of 80 % is the quantile 0.9. */
const CENTRAL = 0.8;

async function wasmOf(model: string): Promise<Buffer> {
  const entry = createRequire(import.meta.url).resolve(`@bsull/augurs/${model}`);
  return readFile(entry.replace(/\.js$/, "_bg.wasm"));
}

/** MSTL with AutoETS for what is left: daily, and weekly where there are two weeks. */
export async function mstlAutoEts(): Promise<Model> {
  await initMstl({ module_or_path: await wasmOf("mstl") });
  return {
    name: "augurs MSTL+AutoETS",
    every: 1,
    answer({ value, step, horizon }) {
      const day = Math.round(86_400 / step);
      const model = MSTL.ets([day, 7 * day].filter((period) => value.length >= 2 * period));
      model.fit(value);
      const { point, intervals } = model.predict(horizon, CENTRAL);
      model.free();
      return { median: point, upper: intervals?.upper ?? point };
    },
  };
}

/** Prophet with its defaults: asked at every fifth origin, because it takes seconds. @throws when it does not load */
export async function prophet(): Promise<Model> {
  const { optimizer } = await import("@bsull/augurs-prophet-wasmstan");
  await initProphet({ module_or_path: await wasmOf("prophet") });
  return {
    name: "prophet",
    every: PROPHET_EVERY,
    answer({ at, value, now, step, horizon }) {
      const model = new Prophet({ optimizer, intervalWidth: CENTRAL });
      model.fit({ ds: Array.from(at), y: Array.from(value) });
      const { yhat } = model.predict({ ds: Array.from({ length: horizon }, (_, index) => now + index * step) });
      model.free();
      return { median: yhat.point, upper: yhat.intervals?.upper ?? yhat.point };
    },
  };
}
