/** Hostile posts become harmless: asserted on the HTML as a browser would parse it, in bounded work. */
import type { Root } from "hast";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { hostilePosts } from "./hostile-posts.ts";
import { renderLimits } from "./limits.ts";
import { renderFixture } from "./parse-fixture.ts";
import { reviewSchema } from "./schema.ts";

const posts = hostilePosts().map((post) => [post.name, post] as const);

/** Parses finished HTML again, as the browser will. */
function parseHtml(html: string): Root {
  const root: Root = { type: "root", children: [{ type: "raw", value: html }] };
  return unified().use(rehypeRaw).runSync(root) as Root;
}

test.each(posts)("%s: no script, handler, style, form, frame or foreign address is left", async (_, post) => {
  const { html } = await renderFixture(post.source, post);
  const wrong: string[] = [];
  visit(parseHtml(html), "element", (node) => {
    if (
      /^(?:script|style|iframe|object|embed|link|meta|base|form|button|svg|template)$/u.test(node.tagName)
    ) {
      wrong.push(node.tagName);
    }
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on|^style$|^srcDoc$|^srcSet$|^name$|^formAction$|^xLink/iu.test(name))
        wrong.push(`${node.tagName} ${name}`);
      if (name === "href" && !/^(?:https?:\/\/|mailto:|#)/u.test(String(value))) wrong.push(String(value));
      if (name === "src" && !/^\/assets\/[0-9a-f]{32}\.[a-z]+$/u.test(String(value)))
        wrong.push(String(value));
    }
  });
  expect(wrong).toEqual([]);
});

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

test("what is nested too deep is shown as plain text, whole, with a diagnostic", async () => {
  const { html, diagnostics } = await renderFixture(`# 제목\n\n앞\n\n${">".repeat(200)} 깊은 글\n\n뒤`);
  expect(html).toContain("깊은 글");
  expect(html).not.toContain("<blockquote>");
  expect(diagnostics.map(({ code }) => code)).toEqual(["too-deep"]);
});
