import { defineConfig } from "vitest/config";
import { ownPackages } from "./vitest.config.ts";

// What is deployed, in an emulator that runs it: `npm run test:deployed`.

export default defineConfig({
  resolve: { alias: [ownPackages] },
  test: {
    include: ["test/deployed/**/*.test.ts"],
    testTimeout: 180_000, // here real time passes: the scheduler's minutes
    hookTimeout: 600_000, // the first synthesis installs SST's platform
    reporters: ["default", "./test/closing-line.ts"],
  },
});
