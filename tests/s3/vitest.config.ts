/** The tests against a real S3 server: slow, for they install one. Run with `npx vitest run --config tests/s3/vitest.config.ts`. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["tests/s3/*.s3.ts"], testTimeout: 120_000, hookTimeout: 300_000 },
});
