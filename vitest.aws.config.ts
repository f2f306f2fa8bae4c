import { defineConfig } from "vitest/config";
import { ownPackages } from "./vitest.config.ts";

// What runs over the wire against emulators: `npm run test:aws`.

export default defineConfig({
  resolve: { alias: [ownPackages] },
  test: {
    include: ["test/aws/**/*.test.ts"],
    testTimeout: 120_000, // no test measures time; a busy machine must not fail one
    hookTimeout: 120_000,
    maxWorkers: 2, // each starts an emulator of its own
    reporters: ["default", "./test/closing-line.ts"],
  },
});
