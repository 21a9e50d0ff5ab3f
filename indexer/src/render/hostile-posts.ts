/** Test support: the hostile posts, those that lie in `fixtures/hostile` and those that are too large to be written down. */
import { readdirSync, readFileSync } from "node:fs";

export interface HostilePost {
  readonly name: string;
  readonly source: string;
  readonly dialect: "mdx" | "md";
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
  "one line of 1 MB": () => "가나다라 ".repeat(200_000),
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
