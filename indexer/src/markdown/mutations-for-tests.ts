/** Test support: real posts and what breaks them. `NONMUN_MUTATIONS=10000` asks for the long form, `NONMUN_SEED` for another sequence. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/** A file as it would lie in a content folder. */
export interface MutatedPost {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Mutation {
  /** Where, as a share of the text. */
  readonly at: number;
  readonly cut: number;
  readonly put: readonly string[];
}

/** @param short how many runs the short form has. */
export function mutationRuns(short: number): { readonly runs: number; readonly seed: number } {
  const { NONMUN_MUTATIONS, NONMUN_SEED } = process.env;
  return { runs: Number(NONMUN_MUTATIONS ?? short), seed: Number(NONMUN_SEED ?? 20251029) };
}

function mutated(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((broken, { at, cut, put }) => {
    const offset = Math.floor(at * broken.length);
    return broken.slice(0, offset) + put.join("") + broken.slice(offset + cut);
  }, text);
}

const fixtures = join(import.meta.dirname, "fixtures");
const corpora = join(import.meta.dirname, "../../../../shared/corpus");
const folders = [fixtures, ...["ko-notes", "en-daily", "wild"].map((name) => join(corpora, name))].filter(
  existsSync,
);
/** The posts of the golden fixtures, and of the shared corpora where they are: the first 12,000 characters of each. */
function realPosts(): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.mdx?$/u.test(name))
      .map((name) => readFileSync(join(folder, name), "utf8").slice(0, 12_000)),
  );
}

/** What breaks Markdown, MDX, tables, math, front matter and Unicode. */
const breakers = [
  ..."<>{}[]()`*_~$|#\\\"'-+:&!=".split(""),
  "```",
  "$$",
  ":::",
  "---\n",
  "\n\n",
  "\n# ",
  "\n| ",
  "\n> ",
  "<div>",
  "</div>",
  "<!--",
  "{/*",
  "<br>",
  "](",
  "[^1]",
  "\n[a]: x",
  "&#x0;",
  // One NUL is a stray one; with more of them a short file is no post, and left unread.
  "\u0000",
  "\u0001",
  "\uFEFF",
  "\u1112\u1161\u11ab",
  "\uD83D",
  "가",
  "\r\n",
  "import a from 'b'\n",
  "{#id}",
  "https://arxiv.org/abs/2510.24514",
  "<script>",
  "<img src=x onerror=1>",
  "](javascript:1)",
  "&#x3C;svg onload=1>",
  ":::note 제목\n",
  "[^1]: ",
  "$$\n",
  "<Tabs>",
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
  put: fc.array(fc.constantFrom(...breakers), { maxLength: 4 }),
});

/** Real posts, each broken in one to six places, as Markdown or as MDX. */
export const mutatedPosts: fc.Arbitrary<MutatedPost> = fc
  .tuple(
    fc.constantFrom(...realPosts()),
    fc.constantFrom("md", "mdx"),
    fc.array(mutation, { minLength: 1, maxLength: 6 }),
  )
  .map(([text, extension, mutations]) => ({
    path: `p.${extension}`,
    bytes: new TextEncoder().encode(mutated(text, mutations)),
  }));
