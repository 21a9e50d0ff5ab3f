/** Facts of a page for search engines: plain text, and JSON that can't end its block. */
import { expect, test } from "vitest";
import { scriptSafe } from "#lib/ui/json-ld.ts";
import { descriptionOf } from "./page-facts.ts";

test("a description is the text without headings, pictures, code and entities", () => {
  const html =
    "<h2>제목</h2><p>바이트 &#x3C;3 &amp; <strong>게임</strong> 논문.</p><pre><code>x</code></pre><p>끝.</p>";
  expect(descriptionOf(html)).toBe("바이트 <3 & 게임 논문. 끝.");
});

test("a long description is cut between characters", () => {
  const description = descriptionOf(`<p>${"가😀".repeat(200)}</p>`);
  expect([...description]).toHaveLength(160);
  expect(description.isWellFormed()).toBe(true);
});

test("a title can't end the data block, and JSON reads it back", () => {
  const title = "</script><script>alert(1)</script> & \u2028";
  const json = scriptSafe({ title });
  expect(json).not.toMatch(/[<>&\u2028]/u);
  expect(JSON.parse(json)).toEqual({ title });
});
