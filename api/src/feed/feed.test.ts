/** Feed, sitemap and OpenSearch: well-formed whatever a title holds, with addresses of the site that was asked. */
import type { PaperCard } from "@nonmun/core/ports/index-store";
import { describe, expect, test } from "vitest";
import { storeCorpus } from "../testing/corpus.ts";
import { serveCorpus } from "../testing/server.ts";
import { sitemap } from "./sitemap.ts";
import { xmlText } from "./xml.ts";

describe("GET /feed.xml", () => {
  test("lists the newest reviews with absolute addresses, and escapes what titles hold", async () => {
    const app = await serveCorpus();
    const answer = await app.request("http://papers.example:8080/feed.xml");
    expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const text = await answer.text();
    expect(text).toContain("<title>ATLAS &lt;again&gt; &amp; more</title>");
    expect(text).toContain(
      '<link href="http://papers.example:8080/papers/2025-10-29-papers-review/%EA%B2%8C%EC%9E%84-',
    );
    expect(text.indexOf("latent-sketchpad")).toBeLessThan(text.indexOf("atlas-again"));
    expect(text).toContain("<updated>2025-10-29T00:00:00Z</updated>");
  });

  test("entries keep their ids when the site's address changes", async () => {
    const app = await serveCorpus();
    const ids = async (origin: string) =>
      (await (await app.request(`${origin}/feed.xml`)).text()).match(/<id>.*<\/id>/gu);
    expect(await ids("http://a.example")).toEqual(await ids("https://b.example"));
  });

  test("forwarded hosts count behind a trusted proxy alone, and only if they are hosts", async () => {
    const addressFor = async (host: string, trustProxy: boolean) => {
      const app = await serveCorpus({ options: { trustProxy } });
      const headers = { "X-Forwarded-Host": host, "X-Forwarded-Proto": "https" };
      const text = await (await app.request("http://inner:4321/feed.xml", { headers })).text();
      return /<link href="([^"]*)\/"\/>/u.exec(text)?.[1];
    };
    expect(await addressFor("papers.example", true)).toBe("https://papers.example");
    expect(await addressFor("papers.example", false)).toBe("http://inner:4321");
    expect(await addressFor('x"><script>', true)).toBe("http://inner:4321");
  });

  test("a control character in a title does not break the document", async () => {
    const papers = [{ slug: "a", title: "위험\u0000\u001b<", text: "글" }];
    const app = await serveCorpus({}, await storeCorpus([{ path: "p.md", date: null, papers }]));
    expect(await (await app.request("/feed.xml")).text()).toContain(
      "<title>위험\u{FFFD}\u{FFFD}&lt;</title>",
    );
  });
});

test("XML text has no character that XML forbids", () => {
  expect(xmlText("a\u000b\ud800\uffff한글😀\n")).toBe("a\u{FFFD}\u{FFFD}\u{FFFD}한글😀\n");
});

describe("GET /sitemap.xml", () => {
  test("names every page", async () => {
    const app = await serveCorpus();
    const text = await (await app.request("http://papers.example/sitemap.xml")).text();
    expect(text.match(/<loc>/gu)).toHaveLength(4 + 4);
    expect(text).toContain(
      "<loc>http://papers.example/papers/archive/2025-09-01-papers-review/atlas-again</loc>",
    );
  });

  test("a page that does not exist is 404, one that is no number 400", async () => {
    const app = await serveCorpus();
    expect((await app.request("/sitemap.xml?page=2")).status).toBe(404);
    expect((await app.request("/sitemap.xml?page=0")).status).toBe(400);
  });

  test("more addresses than one file may hold become pages that together name each once", async () => {
    const { store } = await storeCorpus();
    const cards: readonly PaperCard[] = (await (await store.open())?.catalogue()) ?? [];
    expect(sitemap(cards, "http://a.example", null, 3)).toContain(
      "<loc>http://a.example/sitemap.xml?page=3</loc>",
    );
    const pages = [1, 2, 3].map((page) => sitemap(cards, "http://a.example", page, 3) ?? "");
    const found = pages.flatMap((text) => text.match(/<loc>[^<]*/gu) ?? []);
    expect([found.length, new Set(found).size]).toEqual([8, 8]);
    expect(sitemap(cards, "http://a.example", 4, 3)).toBeNull();
  });
});

test("the OpenSearch description points at the search page of this site", async () => {
  const app = await serveCorpus();
  const text = await (await app.request("http://papers.example/opensearch.xml")).text();
  expect(text).toContain('template="http://papers.example/?q={searchTerms}"');
});

test("robots.txt leads crawlers to the sitemap of this site, and away from the API", async () => {
  const app = await serveCorpus();
  const text = await (await app.request("http://papers.example/robots.txt")).text();
  expect(text.split("\n")).toEqual([
    "User-agent: *",
    "Disallow: /api/",
    "Sitemap: http://papers.example/sitemap.xml",
    "",
  ]);
});
