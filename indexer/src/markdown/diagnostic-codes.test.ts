/** The list of diagnostics for authors, held to the codes that the reader gives. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readerCodes } from "./diagnostic-codes.ts";
import { readWithoutRendering } from "./read-for-tests.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/writing-posts.md"), "utf8");

test.each(Object.entries(readerCodes))("%s is explained to authors as %s", (code, severity) => {
  expect(guide).toMatch(new RegExp(`^\\| \`${code}\` \\| ${severity}`, "mu"));
});

const paper = "## [A](https://arxiv.org/abs/2501.00001)\n\n";

describe("what can't be parsed in bounded time is kept as text and reported", () => {
  test.each([
    ["quotations", `${">".repeat(10_000)} 끝말`],
    ["brackets", `${"![".repeat(10_000)}끝말${"](b)".repeat(10_000)}`],
    ["lone asterisks", `${"**a*".repeat(10_000)} 끝말`],
    ["list marks", `${"- ".repeat(3_000)}끝말`],
    ["columns", `|${"a|".repeat(5_000)}\n|${"-|".repeat(5_000)}\n|끝말`],
    ["containers", `${":::a\n".repeat(300)}끝말`],
    ["one line", `${"가나다 ".repeat(400_000)}끝말`],
  ])("too many of: %s", { timeout: 300_000 }, async (_, text) => {
    const post = await readWithoutRendering("p.mdx", `${paper}${text}\n\n뒤의 문단`);
    const kept = post.papers.flatMap(({ sections }) =>
      sections.flatMap(({ blocks }) => blocks.map((block) => block.text)),
    );
    expect(post.diagnostics.map(({ code }) => code)).toContain("simplified-block");
    expect(kept.join("\n")).toContain("끝말");
    expect(kept).toContain("뒤의 문단");
  });

  test("a pasted picture is left out, its description stays", async () => {
    const post = await readWithoutRendering(
      "p.md",
      `${paper}![구조도](data:image/png;base64,${"QUJD".repeat(100_000)})`,
    );
    expect(post.diagnostics.map(({ code }) => code)).toEqual(["embedded-data"]);
    expect(post.papers[0]?.sections[0]?.blocks.map(({ text }) => text)).toEqual(["구조도"]);
  });
});

test("a broken encoding, a wrong date and an empty post are reported", async () => {
  const codes = async (content: string | Uint8Array) =>
    (await readWithoutRendering("p.md", content)).diagnostics.map(({ code }) => code);
  expect(await codes(Buffer.from(`\uFEFF${paper}글`, "utf16le"))).toEqual(["wrong-encoding"]);
  expect(await codes(Buffer.concat([Buffer.from(`${paper}글`), Buffer.from([0xff])]))).toEqual([
    "unreadable-characters",
  ]);
  expect(await codes(`---\ndate: 2025-13-45\n---\n${paper}글`)).toEqual(["bad-date"]);
  expect(await codes("")).toEqual(["empty-post"]);
});

test("a 1 MB post is read whole", { timeout: 300_000 }, async () => {
  const review = `### 절 <br> 하나\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n${"본문이 *길게* 이어진다. ".repeat(60)}\n\n`;
  const post = await readWithoutRendering(
    "p.md",
    paper + review.repeat(Math.ceil(1_000_000 / review.length)),
  );
  expect(post.papers[0]?.sections.length).toBe(Math.ceil(1_000_000 / review.length) + 1);
});
