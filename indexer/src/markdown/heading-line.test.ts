/** What the badges of a review say of its orgs, in a heading, a table and front matter. */
import { expect, test } from "vitest";
import { readWithoutRendering } from "./read-for-tests.ts";

const link = "https://arxiv.org/abs/2510.24514";

test.each([
  ["a heading", `## [Latent Sketchpad](${link}) \`Microsoft\` \`…\` \`kaist, ...\` \`-\`\n\n글이다.\n`],
  ["a table", `| 논문 | 소속 |\n|---|---|\n| [Latent Sketchpad](${link}) | Microsoft, …, kaist, - |\n`],
  [
    "front matter",
    `---\npaper: ${link}\norgs: [Microsoft, …, kaist, "..."]\n---\n# Latent Sketchpad\n\n글이다.\n`,
  ],
])("an ellipsis for orgs not named is no org: %s", async (_, content) => {
  const post = await readWithoutRendering("p.md", content);
  expect(post.papers.map(({ orgs }) => orgs)).toEqual([["microsoft", "kaist"]]);
});
