/** What becomes of a served page in the folder: own links relative, nothing that asks a server, text as it was. */
import { expect, test } from "vitest";
import { linksOf, publishedManifest, publishedPage, withSiteAddress } from "./page.ts";

const page = (body: string, head = "") =>
  `<!doctype html><html lang="ko" data-theme="system"><head><meta charset="utf-8" />${head}</head><body><main id="content">${body}</main></body></html>`;
const published = (html: string, path = "papers/a/b/", siteAddress: string | null = null) =>
  publishedPage(html, { page: path, siteAddress });

test("links and pictures are relative; those to elsewhere stay", () => {
  const html = published(
    page('<a href="/posts">글</a><img src="/assets/3f.png"><a href="https://arxiv.org/abs/1">x</a>'),
  );
  expect(html).toContain('<a href="../../../posts/">');
  expect(html).toContain('<img src="../../../assets/3f.png">');
  expect(html).toContain('<a href="https://arxiv.org/abs/1">');
});

test("what looks like a link in the text of a review stays text", () => {
  const text = '<code>&lt;a href="/posts"></code>';
  expect(published(page(text))).toContain(text);
});

test("no script stays but the site's own, and its policy lets no other run", () => {
  const html = published(
    page('<script nonce="x">start()</script>', '<link href="../_app/a.js" rel="modulepreload">'),
  );
  expect(html.match(/<script[^>]*>/gu)).toEqual(['<script src="../../../_nonmun/page.js">']);
  expect(html).not.toContain("modulepreload");
  expect(html).toContain("script-src 'self'");
});

test("the theme is switched without a server; the language and the API are not offered", () => {
  const html = published(
    page(
      '<a href="/preferences?locale=en&amp;back=%2F" lang="en">EN</a><a href="/preferences?theme=dark&amp;back=%2F">t</a><a href="/api/docs">API</a>',
    ),
  );
  expect(html).toContain('<a href="#theme" data-theme-switch data-needs-script>t</a></main>');
});

test("styles of the build are found from every page", () => {
  const html = page("", '<link href="../../_app/immutable/assets/0.css" rel="stylesheet">');
  expect(linksOf(html).map(({ source }) => source)).toEqual(["/_app/immutable/assets/0.css"]);
  expect(published(html)).toContain('href="../../../_app/immutable/assets/0.css"');
});

test("absolute addresses name the published site, with pages as folders, and are left out without one", () => {
  const html = page("", '<link rel="canonical" href="http://nonmun.invalid/papers/a/b"/>');
  const site = "https://me.example/notes";
  expect(published(html, "papers/a/b/", site)).toContain('href="https://me.example/notes/papers/a/b/"');
  expect(published(html)).not.toContain("canonical");
  expect(withSiteAddress("<loc>http://nonmun.invalid/</loc>", site)).toBe(`<loc>${site}/</loc>`);
});

test("the manifest begins where it lies, and promises what the start page does", () => {
  const served = '{ "description": "found by meaning", "start_url": "/", "icons": [{ "src": "/icon.svg" }] }';
  const start = '<meta name="description" content="낱말로 &quot;논문&quot;을 찾습니다."/>';
  expect(JSON.parse(publishedManifest(served, start))).toEqual({
    description: '낱말로 "논문"을 찾습니다.',
    start_url: "./",
    icons: [{ src: "./icon.svg" }],
  });
});
