/** `db://`: as far as it goes without LanceDB's service, a request that carries the key, and what is said when it is refused. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLanceStore } from "./open.ts";

const asked: { readonly url: string; readonly key: string | readonly string[] | undefined }[] = [];
const service = createServer((request, response) => {
  asked.push({ url: request.url ?? "", key: request.headers["x-api-key"] });
  response.writeHead(401).end("no such key");
});

beforeEach(() => new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve)));
afterEach(() => new Promise((resolve) => service.close(resolve)));

it("asks the host for the database's tables with the key, and says what to check when it is refused", async () => {
  const host = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const store = await openLanceStore("db://reviews", { apiKey: "secret-key", host });
  const refused = store.generation();
  await expect(refused).rejects.toMatchObject({
    code: "storage",
    advice: expect.stringMatching(/LANCEDB_API_KEY.*never tried on a db:\/\/ index/u),
  });
  await expect(refused).rejects.not.toThrow(/secret-key/u);
  expect(asked[0]).toMatchObject({ url: expect.stringContaining("/table/manifest/"), key: "secret-key" });
  await store.close();
});

it("says that a key is missing, and does not speak of repairing", async () => {
  await expect(openLanceStore("db://reviews")).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("api_key"),
    advice: expect.stringContaining("LANCEDB_API_KEY"),
  });
});
