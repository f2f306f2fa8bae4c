import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/**
 * What runs for each mutant of the decisions: the tests beside their sources. Property tests and scenarios cover
 * everything, so they would run for every mutant and take hours; they can only kill more.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["packages/decisions/src/**/*.test.ts"],
    exclude: ["**/*.property.test.ts"],
    testTimeout: 60_000, // instrumented code is slow
    reporters: ["default"],
  },
});
