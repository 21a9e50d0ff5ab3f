/** Lists in pages: whole by default, each page with the total, nothing twice. */
import type { MapResponse, OrgsResponse, PostsResponse, Problem } from "@nonmun/core/contract";
import { expect, test } from "vitest";
import { storeCorpus } from "./testing/corpus.ts";
import { serveCorpus } from "./testing/server.ts";

test("posts, orgs and the map's points come whole, or in pages that make up the whole", async () => {
  const ids = ["2025-10-29-papers-review/atlas", "2025-10-29-papers-review/latent-sketchpad"];
  const layout = ids.map((id, i) => ({ id, x: i, y: i }));
  const corpus = await storeCorpus(undefined, {
    "map-layout": new TextEncoder().encode(JSON.stringify(layout)),
  });
  const app = await serveCorpus({}, corpus);
  const lists: readonly (readonly [
    path: string,
    list: keyof (PostsResponse & OrgsResponse & MapResponse),
  ])[] = [
    ["/api/posts", "posts"],
    ["/api/orgs", "orgs"],
    ["/api/map", "points"],
  ];
  for (const [path, name] of lists) {
    const read = async (query: string) => {
      const answer = (await (await app.request(`${path}${query}`)).json()) as Readonly<
        Record<string, unknown>
      >;
      return { items: answer[name] as readonly unknown[], total: answer.total };
    };
    const whole = await read("");
    const [first, rest] = [await read("?limit=1"), await read("?limit=50&offset=1")];
    expect(whole.total, path).toBe(whole.items.length);
    expect(whole.total, path).toBeGreaterThan(1);
    expect(first.total, path).toBe(whole.total);
    expect([...first.items, ...rest.items], path).toEqual(whole.items);
    expect((await read(`?offset=${whole.total}`)).items, path).toEqual([]);
  }
});

test.each([
  ["/api/posts?limit=0", "limit"],
  ["/api/orgs?offset=-1", "offset"],
  ["/api/map?offset=1&offset=2", "offset"],
  ["/api/posts?page=2", "page"],
  ["/api/status?verbose=1", "verbose"],
  ["/api/papers/none?format=html", "format"],
  ["/api/papers/none/related?limit=51", "limit"],
  ["/api/papers/none/bibtex?limit=3", "limit"],
])("%s is refused, and names %s", async (path, parameter) => {
  const app = await serveCorpus();
  const answer = await app.request(path);
  const problem = (await answer.json()) as Problem;
  expect([answer.status, problem.code, problem.parameter]).toEqual([400, "bad-parameter", parameter]);
});

test("related papers are as many as asked for", async () => {
  const app = await serveCorpus();
  const path = "/api/papers/2025-10-29-papers-review/latent-sketchpad/related?limit=1";
  expect((await (await app.request(path)).json()) as object).toHaveProperty("related.length", 1);
});
