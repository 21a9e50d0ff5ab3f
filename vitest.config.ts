/** The unit, contract and API tests: they lie beside the code that they test. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{core,indexer,api,cli,eval,web}/src/**/*.test.ts", "tests/**/*.test.ts"],
    exclude: ["**/node_modules/**", "tests/e2e/**"],
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
