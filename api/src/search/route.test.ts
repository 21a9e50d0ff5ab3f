/** What a search takes, what it refuses, and in which words. */
import type { Problem, SearchResponse } from "@nonmun/core/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLibrary, serveCorpus } from "../testing/server.ts";

const problemOf = async (answer: Response) => (await answer.json()) as Problem;
const resultOf = async (answer: Response) => (await answer.json()) as SearchResponse;

describe("GET /api/search", () => {
  test("finds a paper by Korean words of its review", async () => {
    const app = await serveCorpus();
    const answer = await app.request(`/api/search?q=${encodeURIComponent("그림을 그리며")}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { results } = await resultOf(answer);
    expect(results[0]?.paper.id).toBe("2025-10-29-papers-review/latent-sketchpad");
  });

  test("takes a repeated org as any of them and echoes only the filters that are set", async () => {
    const app = await serveCorpus();
    const { query } = await resultOf(
      await app.request("/api/search?q=&org=google&org=%20microsoft%20&org=&from=&tag="),
    );
    expect(query.filters).toEqual({ org: ["google", "microsoft"] });
  });

  test("an empty parameter counts as not given, as plain forms send it", async () => {
    const app = await serveCorpus();
    const answer = await app.request("/api/search?q=&mode=&limit=&offset=&explain=&sort=&post=&from=&to=");
    expect(answer.status).toBe(200);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=51", "limit"],
    ["limit=ten", "limit"],
    ["limit=1.5", "limit"],
    ["limit=5&limit=6", "limit"],
    ["offset=-1", "offset"],
    ["mode=dense", "mode"],
    ["sort=oldest", "sort"],
    ["from=2025-02-30", "from"],
    ["to=yesterday", "to"],
    ["from=2025-02-01&to=2025-01-01", "to"],
    ["explain=maybe", "explain"],
    ["q=a&q=b", "q"],
    [`q=${"가".repeat(1001)}`, "q"],
    ["orgs=google", "orgs"],
  ])("refuses %s and names the parameter", async (query, parameter) => {
    const app = await serveCorpus();
    const answer = await app.request(`/api/search?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: "bad-parameter", parameter });
  });

  test("says which parameter was probably meant", async () => {
    const app = await serveCorpus();
    const { detail } = await problemOf(await app.request("/api/search?orgs=google"));
    expect(detail).toBe("There is no parameter `orgs`. Did you mean `org`?");
  });

  test("whatever is typed is searched, and whatever stands in the address is answered or named, never 500", async () => {
    const app = await serveCorpus({ options: { rateLimits: { search: null } } });
    const anyText = fc.string({ unit: "binary", maxLength: 60 });
    const name = fc.constantFrom(
      "q",
      "org",
      "tag",
      "post",
      "from",
      "to",
      "mode",
      "sort",
      "limit",
      "offset",
      "explain",
    );
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.tuple(name, anyText), { maxLength: 2 }), async (q, others) => {
        const typed = await app.request(`/api/search?${new URLSearchParams({ q })}`);
        expect(typed.status).toBe(200);
        const answer = await app.request(`/api/search?${new URLSearchParams(others)}`);
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 60 },
    );
  });

  test("without an index answers 503 with the command that makes one", async () => {
    const app = await serveCorpus({ library: emptyLibrary });
    const answer = await app.request("/api/search?q=a");
    expect(answer.status).toBe(503);
    const problem = await problemOf(answer);
    expect(problem.code).toBe("no-index");
    expect(problem.detail).toContain("npx nonmun index");
  });

  test("a search whose client is gone is cancelled, not an error of the server", async () => {
    const app = await serveCorpus();
    const request = new Request("http://localhost/api/search?q=a", { signal: AbortSignal.abort() });
    expect((await app.request(request)).status).toBe(499);
  });
});
