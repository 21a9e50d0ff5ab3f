/** What the renderer promises beyond the golden files: anchors, figures, and plain text as the last resort. */
import { expect, test } from "vitest";
import { renderLimits } from "./limits.ts";
import { oneGif, renderFixture, renderInput } from "./parse-fixture.ts";
import { renderReview } from "./render-review.ts";

test("the paper's own heading is not in the body, but its anchor is; headings below it begin with h2", async () => {
  const { html, headings } = await renderFixture(
    "### [논문](https://arxiv.org/abs/2510.24514) `microsoft`\n\n#### 학습\n\n글",
  );
  expect(html).toBe('<span id="논문-microsoft" class="anchor"></span><h2 id="학습">학습</h2>\n<p>글</p>');
  expect(headings).toEqual([{ depth: 2, text: "학습", anchor: "학습" }]);
});

test("a review that begins with no heading keeps all its headings", async () => {
  const { headings } = await renderFixture("글\n\n# 하나\n\n## 둘");
  expect(headings.map(({ depth, text }) => [depth, text])).toEqual([
    [2, "하나"],
    [3, "둘"],
  ]);
});

test("an anchor with a colon, which could be one of the page's own ids, is not given", async () => {
  const input = renderInput("# 제목\n\n## 검색");
  const anchors = new Map([...input.anchors].map(([offset]) => [offset, "page:search"]));
  expect((await renderReview({ ...input, anchors, anchor: "page:search" })).html).toBe("<h2>검색</h2>");
  const svelte = new Map([...input.anchors].map(([offset]) => [offset, "__sveltekit_1"]));
  expect((await renderReview({ ...input, anchors: svelte, anchor: "__svelte" })).html).toBe("<h2>검색</h2>");
});

test("a box without a title is named in the language of the review, and says that it had none", async () => {
  const box = async (text: string) => (await renderFixture(`:::tip\n${text}\n:::\n`)).html;
  expect(await box("작은 배치로 시작한다, batch size 8")).toContain(
    'data-kind="tip" data-untitled="">팁</p>',
  );
  expect(await box("Start with small batches")).toContain('data-kind="tip" data-untitled="">Tip</p>');
});

test("a link to another review's heading doesn't pretend to lead somewhere on this page", async () => {
  const { html } = await renderFixture("# 제목\n\n[위](#제목) [안](#절) [밖](#다른-리뷰)\n\n## 절");
  expect(html).toContain('<a href="#제목">위</a> <a href="#절">안</a> <a data-post-link="#다른-리뷰">밖</a>');
});

test("emphasis beside a Korean particle is emphasis", async () => {
  const { html } = await renderFixture("**다국어 저주(Curse of Multilinguality)**는");
  expect(html).toBe("<p><strong>다국어 저주(Curse of Multilinguality)</strong>는</p>");
});

test("a picture keeps its place free: the author's width, and the height by its own proportions", async () => {
  const { html } = await renderFixture('<img src="a.png" style={{width: 500}} />', { loadAsset: oneGif });
  expect(html).toContain('width="500" height="250"');
});

test("the same picture shown twice is two figures, one asset and one read", async () => {
  let reads = 0;
  const loadAsset = (path: string) => {
    reads += 1;
    return oneGif(path);
  };
  const { figures, assets } = await renderFixture("![가](a.png)\n\n![나](a.png)", { loadAsset });
  expect([figures.length, assets.length, reads]).toEqual([2, 1, 1]);
});

test("a missing picture shows its name in its place and says where the post names it", async () => {
  const { html, figures, diagnostics } = await renderFixture(
    "# 제목\n\n글 ![결과](./img/%EA%B2%B0%EA%B3%BC.png)",
  );
  expect(html).toContain('<p class="missing-image">결과.png</p>');
  expect(figures).toMatchObject([{ status: "missing", asset: null, caption: "결과" }]);
  expect(diagnostics).toMatchObject([{ code: "missing-image", span: { start: { line: 3, column: 3 } } }]);
});

test("pictures beyond the limit are not read, and that is said", async () => {
  const { figures, diagnostics } = await renderFixture("![a](a.png) ".repeat(renderLimits.figures + 1), {
    loadAsset: oneGif,
  });
  expect(figures.at(-1)?.status).toBe("missing");
  expect(diagnostics.map(({ code }) => code)).toEqual(["too-many-figures"]);
});

test("when laying out fails, the review is plain text with a diagnostic, and nothing is lost", async () => {
  const loadAsset = () => Promise.reject(new Error("disk"));
  const { html, diagnostics } = await renderFixture("# 제목\n\n앞 **굵게**\n\n![그림](a.png)", { loadAsset });
  expect(html.replace(/<[^>]*>/gu, "")).toBe("앞 굵게\n그림");
  expect(diagnostics).toMatchObject([{ code: "render-failed", severity: "error" }]);
});

test("the post itself is not changed by rendering it", async () => {
  const input = renderInput("# 제목\n\n:::note[ㄱ]\n<b>글\n:::\n", { dialect: "md" });
  const before = JSON.stringify(input.tree);
  await renderReview(input);
  expect(JSON.stringify(input.tree)).toBe(before);
});
