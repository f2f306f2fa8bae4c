import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/synth/**/*.synth.ts"],
    hookTimeout: 600_000, // the first synthesis installs SST's platform; none measures time
    testTimeout: 600_000,
    fileParallelism: false, // a synthesis uses two cores
  },
});
