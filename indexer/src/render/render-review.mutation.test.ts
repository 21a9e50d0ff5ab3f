/**
 * Real posts, broken at random, as pages: nothing forbidden gets through, nothing is given up, each id stands once.
 * `NONMUN_MUTATIONS=10000` runs the long form, `NONMUN_SEED` another sequence.
 */
import fc from "fast-check";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { mutatedPosts, mutationRuns } from "../markdown/mutations-for-tests.ts";
import { readPost } from "../markdown/read-post.ts";
import { forbidden, parseHtml } from "./forbidden-html.ts";
import { oneGif } from "./parse-fixture.ts";

const { runs, seed } = mutationRuns(40);

test(`${runs} mutated posts render harmless, and none is given up`, { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(mutatedPosts, async ({ path, bytes }) => {
      const source = { path, bytes, loadAsset: oneGif };
      const { papers, diagnostics } = await readPost(source, { orgAliases: new Map() });
      expect(diagnostics.filter(({ code }) => /-failed$/u.test(code))).toEqual([]);
      for (const { html } of papers) {
        expect(forbidden(html)).toEqual([]);
        const ids = idsIn(html);
        expect(ids).toEqual([...new Set(ids)]);
      }
    }),
    { numRuns: runs, seed },
  );
});

function idsIn(html: string): readonly string[] {
  const ids: string[] = [];
  visit(parseHtml(html), "element", ({ properties }) => {
    if (typeof properties.id === "string") ids.push(properties.id);
  });
  return ids;
}
