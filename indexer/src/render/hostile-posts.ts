/** Test support: the hostile posts, those that lie in `fixtures/hostile` and those that are too large to be written down. */
import { readdirSync, readFileSync } from "node:fs";
import { readPost } from "../markdown/read-post.ts";
import { noAssets } from "./parse-fixture.ts";

export interface HostilePost {
  readonly name: string;
  readonly source: string;
  readonly dialect: "mdx" | "md";
}

const read = new Map<string, Promise<readonly string[]>>();

/** The HTML of each review and note of a post, as the reader gives it; each post is read once. Fails when the reader gave up. */
export function reviewsOf({ name, source, dialect }: HostilePost): Promise<readonly string[]> {
  const known = read.get(name);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(source);
  const path = `hostile.${dialect}`;
  const reviews = readPost({ path, bytes, loadAsset: noAssets }, { orgAliases: new Map() }).then((post) => {
    const failed = post.diagnostics.find(({ severity }) => severity === "error");
    if (failed !== undefined) throw new Error(`${name}: ${failed.code}: ${failed.message}`);
    return post.papers.map(({ html }) => html);
  });
  read.set(name, reviews);
  return reviews;
}

const folder = new URL("./fixtures/hostile/", import.meta.url);

export function hostilePosts(): HostilePost[] {
  const written = readdirSync(folder).map((name): HostilePost => {
    const source = readFileSync(new URL(name, folder), "utf8");
    return { name, source, dialect: name.endsWith(".mdx") ? "mdx" : "md" };
  });
  const large = Object.entries(largePosts).map(([name, make]): HostilePost => {
    return { name, source: `# 큰 것\n\n${make()}\n\n끝말`, dialect: "md" };
  });
  return [...written, ...large];
}

/** Sizes at which something that is not linear, or recursive without a limit, does not come back. */
const largePosts: Readonly<Record<string, () => string>> = {
  "one line of 10 MB": () => "가나다라 ".repeat(770_000),
  "10,000 nested quotes": () => `${">".repeat(10_000)} 깊은 글`,
  "10,000 nested brackets": () => `${"[".repeat(10_000)}안${"]".repeat(10_000)}`,
  "10,000 nested lists": () => `${"- ".repeat(10_000)}안`,
  "a table of 100,000 columns": () => `|${"a|".repeat(100_000)}\n|${"-|".repeat(100_000)}\n|안`,
  "a table of 190 columns and 20,000 rows": () =>
    `|${"a|".repeat(190)}\n|${"-|".repeat(190)}\n${"|b\n".repeat(20_000)}`,
  "a footnote of 60 KB that is cited 3,000 times": () =>
    `${"글[^a]\n\n".repeat(3_000)}[^a]: ${"각주 ".repeat(10_000)}`,
  "3,000 footnotes, each in the next": () =>
    `글[^0]\n\n${Array.from({ length: 3_000 }, (_, at) => `[^${at}]: x[^${at + 1}]\n`).join("\n")}`,
  "20,000 dollars that close nothing": () => "$$a\n\n".repeat(20_000),
  "200 nested quotes": () => `${">".repeat(200)} 깊은 글`,
  "3,000 nested HTML elements": () => `${"<div>".repeat(3_000)}안`,
  "3,000 open formatting tags before 300 paragraphs": () =>
    `${"<b><i><u>".repeat(1_000)}\n\n${"글\n\n".repeat(300)}`,
  "20,000 broken tags": () => `<div ${"<a b=\"<c d='".repeat(20_000)}>`,
  "20,000 unclosed comments": () => `<div>${"<!--".repeat(20_000)}</div>`,
  "2,000 references to one long address": () =>
    `${"[a] ".repeat(2_000)}\n\n[a]: https://example.com/${"x".repeat(1_900)}`,
  "2,000 references to one picture": () => `${"![a] ".repeat(2_000)}\n\n[a]: ./a.png`,
  "a formula that expands without end": () => "$\\def\\a{\\a\\a}\\a$",
  "a formula of 20,000 braces": () => `$$\n${"{".repeat(20_000)}\n$$`,
};
