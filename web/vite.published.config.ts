/** Builds what runs in the browser of a published site: the page's script and the worker that searches. */
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "build/published",
    target: ["chrome123", "firefox128", "safari17.5"],
    rollupOptions: {
      input: {
        page: "src/published/page.ts",
        worker: "src/published/worker.ts",
        style: "src/published/page.css",
      },
      output: { entryFileNames: "[name].js", assetFileNames: "page.css" },
    },
  },
});
