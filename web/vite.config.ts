/** How the page is built: adapter, content security policy and targets. SvelteKit 3 takes its options here. */
import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

/** Nothing is fetched from another host, and no script or style runs that this build did not make. */
const directives = {
  "default-src": ["self"],
  "script-src": ["self"],
  "style-src": ["self"],
  // The one style attribute of all: SvelteKit's own hidden live region, that tells a screen reader of a new page.
  "style-src-attr": ["unsafe-hashes", "sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo="],
  "img-src": ["self", "data:"],
  "font-src": ["self"],
  "connect-src": ["self"],
  "worker-src": ["self"],
  "manifest-src": ["self"],
  "object-src": ["none"],
  "frame-src": ["none"],
  "frame-ancestors": ["self"],
  "base-uri": ["self"],
  "form-action": ["self"],
} as const;

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: "build", precompress: true }),
      csp: {
        mode: "nonce",
        directives: Object.fromEntries(
          Object.entries(directives).map(([name, values]) => [name, [...values]]),
        ),
      },
      // Relative addresses let the same build be served below another path.
      paths: { relative: true },
      // A reading page is open for hours: it asks for a newer build only when it is looked at again.
      version: { pollInterval: 0 },
    }),
  ],
  // The browsers that know light-dark(), :has() and the custom highlight API.
  build: { target: ["chrome123", "firefox128", "safari17.5"] },
});
