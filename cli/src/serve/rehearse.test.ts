/** Tests of the rehearsal: a page of each kind, one after the other, whatever the answers. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { rehearse } from "./rehearse.ts";

/** Rehearses with a server that answers so, and gives the addresses that it was asked for. */
async function askedOf(status: number, body: string, signal: AbortSignal): Promise<readonly string[]> {
  const asked: string[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    expect(open).toBe(1);
    asked.push(request.url ?? "");
    response.writeHead(status).end(body, () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await rehearse(`http://127.0.0.1:${port}`, signal);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return asked;
}

it("asks for each kind of page, and for the newest review, one at a time", async () => {
  const body = JSON.stringify({ results: [{ paper: { href: "/papers/a/b" } }] });
  const asked = await askedOf(200, body, new AbortController().signal);
  expect(asked[0]).toBe(`/?q=${encodeURIComponent("논문 review")}`);
  expect(asked).toEqual(expect.arrayContaining(["/", "/posts", "/orgs", "/tags", "/map"]));
  expect(asked.at(-1)).toBe("/papers/a/b");
});

it("takes an error for an answer, and an empty index for one without reviews", async () => {
  const { signal } = new AbortController();
  expect(await askedOf(500, "오류", signal)).toContain("/map");
  expect((await askedOf(200, JSON.stringify({ results: [] }), signal)).at(-1)).toBe("/api/search?limit=1");
});

it("stops when the server is to stop", async () => {
  await expect(askedOf(200, "{}", AbortSignal.abort())).rejects.toThrow();
});
