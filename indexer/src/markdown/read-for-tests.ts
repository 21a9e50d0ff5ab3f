/** Test support: reads a post with a renderer that renders nothing. */
import type { Post } from "@nonmun/core/model/paper";
import { noAssets } from "../render/parse-fixture.ts";
import { type Render, readPostWith } from "./read-post.ts";

export const renderNothing: Render = async () => ({
  html: "",
  headings: [],
  figures: [],
  assets: [],
  diagnostics: [],
});

export function readWithoutRendering(
  path: string,
  content: string | Uint8Array,
  orgAliases: ReadonlyMap<string, string> = new Map(),
): Promise<Post> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return readPostWith(renderNothing, { path, bytes, loadAsset: noAssets }, { orgAliases });
}
