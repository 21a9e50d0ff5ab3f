/** Test support: parses a small post with the reader's plugins and renders it as one review. */
import type { Asset } from "@nonmun/core/model/paper";
import GithubSlugger from "github-slugger";
import type { Root, RootContent } from "mdast";
import { toString as plain } from "mdast-util-to-string";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkDirective from "remark-directive";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { renderReview } from "./render-review.ts";
import type { AssetLoader, Rendered, RenderInput } from "./types.ts";

export interface FixtureOptions {
  /** `md` leaves MDX out, as the reader does for what is not valid MDX. */
  readonly dialect?: "mdx" | "md";
  readonly loadAsset?: AssetLoader;
}

/** No picture is there. */
export const noAssets: AssetLoader = async () => ({ missing: "absent", near: null });

/** A 2 x 1 pixel GIF under the id of its 32 zeros, for every path: tests of real files use `createAssetLoader`. */
export const oneGif: AssetLoader = async () => gif;
const gif: Asset = {
  id: `${"0".repeat(32)}.gif`,
  mediaType: "image/gif",
  bytes: new Uint8Array([71, 73, 70, 56, 57, 97, 2, 0, 1, 0, 128, 0, 0, 0, 0, 0, 0, 0, 0, 59]),
};

export function renderInput(source: string, options: FixtureOptions = {}): RenderInput {
  const tree = parse(source, options.dialect ?? "mdx");
  const isDefinition = (node: RootContent) =>
    node.type === "definition" || node.type === "footnoteDefinition";
  const anchors = anchorsOf(tree);
  const [first] = tree.children;
  return {
    tree: { type: "root", children: tree.children.filter((node) => node.type !== "yaml") },
    definitions: { type: "root", children: tree.children.filter(isDefinition) },
    imports: importsOf(source),
    anchors,
    anchor: anchors.get(first?.position?.start.offset ?? -1) ?? "",
    file: "post.mdx",
    loadAsset: options.loadAsset ?? noAssets,
  };
}

export async function renderFixture(source: string, options: FixtureOptions = {}): Promise<Rendered> {
  return renderReview(renderInput(source, options));
}

function parse(source: string, dialect: "mdx" | "md"): Root {
  const parser = unified()
    .use(remarkParse)
    .use(remarkFrontmatter)
    .use(remarkGfm)
    .use(remarkMath)
    .use(remarkDirective)
    .use(remarkCjkFriendly);
  return dialect === "mdx" ? parser.use(remarkMdx).parse(source) : parser.parse(source);
}

function importsOf(source: string): ReadonlyMap<string, string> {
  const lines = source.matchAll(/^import (\S+) from ['"]([^'"]+)['"];?$/gmu);
  return new Map([...lines].map((line) => [line[1] ?? "", line[2] ?? ""]));
}

function anchorsOf(tree: Root): ReadonlyMap<number, string> {
  const slugger = new GithubSlugger();
  const anchors = new Map<number, string>();
  visit(tree, "heading", (node) => {
    anchors.set(node.position?.start.offset ?? -1, slugger.slug(plain(node)));
  });
  return anchors;
}
