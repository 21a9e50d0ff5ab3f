/** Hostile posts become harmless: asserted on the HTML as a browser would parse it, in bounded work. */
import type { Root } from "hast";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { forbidden, parseHtml } from "./forbidden-html.ts";
import { hostilePosts, reviewsOf } from "./hostile-posts.ts";
import { renderLimits } from "./limits.ts";
import { renderFixture } from "./parse-fixture.ts";
import { reviewSchema } from "./schema.ts";

const posts = hostilePosts().map((post) => [post.name, post] as const);
/** Ten megabytes are read, rendered and parsed again in some seconds on a quiet machine; what hangs never comes back. */
const options = { timeout: 300_000 };

test.each(posts)(
  "%s: no script, handler, style, form, frame or foreign address is left",
  options,
  async (_, post) => {
    for (const html of await reviewsOf(post)) expect(forbidden(html)).toEqual([]);
  },
);

test.each(posts)(
  "%s: parsing the page's HTML again and sanitising it changes nothing",
  options,
  async (_, post) => {
    for (const html of await reviewsOf(post)) {
      const again = unified().use(rehypeSanitize, reviewSchema).use(rehypeStringify);
      const tree = parseHtml(html);
      expect(unified().use(rehypeStringify).stringify(tree) === html).toBe(true);
      expect(again.stringify(again.runSync(tree) as Root) === html).toBe(true);
    }
  },
);

test.each(posts)(
  "%s: each id stands once, and is an anchor of the post or has our colon",
  options,
  async (_, post) => {
    for (const html of await reviewsOf(post)) {
      const ids: string[] = [];
      visit(parseHtml(html), "element", (node) => {
        const { id } = node.properties;
        if (typeof id !== "string") return;
        ids.push(id);
        expect(id).not.toMatch(/^__svelte/u);
        if (!/^h[2-6]$/u.test(node.tagName) && node.properties.className?.toString() !== "anchor") {
          expect(id).toMatch(/^(?:figure|note):/u);
        }
      });
      expect(ids).toEqual([...new Set(ids)]);
    }
  },
);

test.each(posts.filter(([name]) => !/\.mdx?$/u.test(name)))(
  "%s: the output stays within a multiple of the source, and its last words are there",
  options,
  async (_, post) => {
    const html = (await reviewsOf(post)).join("\n");
    expect(html.length).toBeLessThan(20 * post.source.length + 2 * renderLimits.referencedUrls);
    expect(html.includes("끝말")).toBe(true);
  },
);

test.each(posts.filter(([name]) => /\.mdx?$/u.test(name)))(
  "%s: harmless, too, when the renderer gets it straight from the parser",
  async (_, post) => {
    const { html } = await renderFixture(post.source, post);
    expect(forbidden(html)).toEqual([]);
  },
);

test("what is nested too deep is shown as plain text, whole, with a diagnostic", async () => {
  const { html, diagnostics } = await renderFixture(`# 제목\n\n앞\n\n${">".repeat(200)} 깊은 글\n\n뒤`);
  expect(html).toContain("깊은 글");
  expect(html).not.toContain("<blockquote>");
  expect(diagnostics.map(({ code }) => code)).toEqual(["too-deep"]);
});
