/** What is compressed, for whom, and that it unpacks to the same answer. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { serveCorpus } from "../testing/server.ts";
import { chooseEncoding } from "./compress.ts";

async function ask(path: string, accepted: string) {
  const app = await serveCorpus();
  const answer = await app.request(path, { headers: { "Accept-Encoding": accepted } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { bytes, encoding: answer.headers.get("content-encoding"), vary: answer.headers.get("vary") };
}

test("a long answer is compressed as the client takes it, and unpacks to what it would have been", async () => {
  const plain = await ask("/api/posts", "identity");
  const packed = await ask("/api/posts", "gzip");
  const tighter = await ask("/api/posts", "gzip, deflate, br");
  expect([plain.encoding, packed.encoding, tighter.encoding]).toEqual([null, "gzip", "br"]);
  expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
  expect(brotliDecompressSync(tighter.bytes)).toEqual(plain.bytes);
  expect(packed.bytes.byteLength).toBeLessThan(plain.bytes.byteLength / 2);
  expect([plain.vary, packed.vary]).toEqual(["Accept-Encoding", "Accept-Encoding"]);
});

test("a short answer stays as it is, and arrives whole", async () => {
  const { bytes, encoding } = await ask("/healthz", "gzip");
  expect([encoding, bytes.toString()]).toEqual([null, '{"status":"ok"}']);
});

test.each([
  [undefined, null],
  ["", null],
  ["zstd", null],
  ["gzip;q=0, br;q=0", null],
  ["gzip;q=0, identity", null],
  ["GZIP", "gzip"],
  ["br;q=0.2, gzip;q=0.8", "gzip"],
  ["*", "br"],
  ["*;q=0", null],
  ["gzip;q=nonsense", null],
])("Accept-Encoding %j takes %j", (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});
