/** Hostile posts become harmless: asserted on the HTML as a browser would parse it, in bounded work. */
import type { Root } from "hast";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { readPostWith } from "../markdown/read-post.ts";
import { forbidden, parseHtml } from "./forbidden-html.ts";
import { hostilePosts } from "./hostile-posts.ts";
import { renderLimits } from "./limits.ts";
import { noAssets, renderFixture } from "./parse-fixture.ts";
import { renderReview } from "./render-review.ts";
import { reviewSchema } from "./schema.ts";

const posts = hostilePosts().map((post) => [post.name, post] as const);

test.each(posts)("%s: no script, handler, style, form, frame or foreign address is left", async (_, post) => {
  const { html } = await renderFixture(post.source, post);
  expect(forbidden(html)).toEqual([]);
});

const hugePosts: readonly (readonly [string, string])[] = [
  ["10,000 nested quotes", `# 글\n\n${">".repeat(10_000)} 안`],
  ["10,000 nested brackets", `# 글\n\n${"[".repeat(10_000)}안${"]".repeat(10_000)}`],
];

test.each(posts)("%s: parsing the page's HTML again and sanitising it changes nothing", async (_, post) => {
  const { html } = await renderFixture(post.source, post);
  const again = unified().use(rehypeSanitize, reviewSchema).use(rehypeStringify);
  const parsed = unified().use(rehypeStringify).stringify(parseHtml(html));
  expect(parsed).toBe(html);
  expect(again.stringify(again.runSync(parseHtml(html)) as Root)).toBe(html);
});

test.each(posts)(
  "%s: each id stands once, and is an anchor of the post or has our colon",
  async (_, post) => {
    const { html } = await renderFixture(post.source, post);
    const ids: string[] = [];
    visit(parseHtml(html), "element", (node) => {
      const { id } = node.properties;
      if (typeof id !== "string") return;
      ids.push(id);
      if (!/^h[2-6]$/u.test(node.tagName) && node.properties.className?.toString() !== "anchor") {
        expect(id).toMatch(/^(?:figure|note):/u);
      }
    });
    expect(ids).toEqual([...new Set(ids)]);
  },
);

test.each(posts.filter(([name]) => !/\.mdx?$/u.test(name)))(
  "%s: the output stays within a multiple of the source, and its last words are there",
  async (_, post) => {
    const { html } = await renderFixture(post.source, post);
    expect(html.length).toBeLessThan(20 * post.source.length + 2 * renderLimits.referencedUrls);
    expect(html).toContain("끝말");
  },
);

test.each([
  ...posts,
  ...hugePosts.map(([name, source]) => [name, { name, source, dialect: "md" as const }] as const),
])("%s: read as a whole post, it costs no more and harms no more", async (name, post) => {
  const path = `${name.replace(/\.mdx?$/u, "")}.${post.dialect}`;
  const source = { path, bytes: new TextEncoder().encode(post.source), loadAsset: noAssets };
  const { papers, diagnostics } = await readPostWith(renderReview, source, { orgAliases: new Map() });
  expect(diagnostics.map(({ code }) => code)).not.toContain("render-failed");
  expect(papers.flatMap(({ html }) => forbidden(html))).toEqual([]);
});

test("what is nested too deep is shown as plain text, whole, with a diagnostic", async () => {
  const { html, diagnostics } = await renderFixture(`# 제목\n\n앞\n\n${">".repeat(200)} 깊은 글\n\n뒤`);
  expect(html).toContain("깊은 글");
  expect(html).not.toContain("<blockquote>");
  expect(diagnostics.map(({ code }) => code)).toEqual(["too-deep"]);
});
