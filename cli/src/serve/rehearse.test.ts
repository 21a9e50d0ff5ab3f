/** Tests of the rehearsal: one page with a query, whatever the answer. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { rehearse } from "./rehearse.ts";

it("asks for one page of results, and takes an error page for an answer", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(500).end("오류");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await rehearse(`http://127.0.0.1:${port}`, new AbortController().signal);
  expect(asked).toEqual([`/?q=${encodeURIComponent("논문 review")}`]);
  await expect(rehearse(`http://127.0.0.1:${port}`, AbortSignal.abort())).rejects.toThrow();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
