/** Pictures: their bytes, and that they can be nothing else. */
import { expect, test } from "vitest";
import { png, storeCorpus } from "../testing/corpus.ts";
import { libraryOver, serveCorpus } from "../testing/server.ts";

test("a picture is served for ever, as what it is, and can't run anything", async () => {
  const app = await serveCorpus();
  const answer = await app.request(`/assets/${png.id}`);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png.bytes);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox;/u);
});

test("a client that has it gets 304", async () => {
  const app = await serveCorpus();
  const answer = await app.request(`/assets/${png.id}`, { headers: { "If-None-Match": `"${png.id}"` } });
  expect(answer.status).toBe(304);
});

test.each(["text/html", "image/svg+xml"])("bytes of the type %s are a download", async (mediaType) => {
  const corpus = await storeCorpus();
  const library = libraryOver(corpus);
  const asset = { ...png, mediaType };
  const app = await serveCorpus({
    library: {
      use: (work) =>
        library.use((view) =>
          work(view === null ? null : { ...view, snapshot: { ...view.snapshot, asset: async () => asset } }),
        ),
    },
  });
  const answer = await app.request(`/assets/${png.id}`);
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(answer.headers.get("content-disposition")).toBe("attachment");
});

test.each([
  "nope.png",
  "..%2f..%2fetc%2fpasswd",
  `${"0".repeat(32)}.png`,
  `${"0".repeat(32)}.svg`,
  `${"0".repeat(32)}.bmp`,
])("%s is 404", async (id) => {
  const app = await serveCorpus();
  expect((await app.request(`/assets/${id}`)).status).toBe(404);
});
