/** What rendering takes and gives: the seam between reading a post and showing a review. */

import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import type { Asset, Figure, Heading } from "@nonmun/core/model/paper";
import type { Root } from "mdast";

export interface RenderInput {
  /** The paper's nodes in source order, beginning with its heading; MDX JSX nodes and raw `html` nodes as parsed. */
  readonly tree: Root;
  /** The link and footnote definitions that the review refers to, wherever in the post they stand. */
  readonly definitions: Root;
  /** Identifiers that the post's `import` lines bind, to the paths they name (`img0` -> `./asset/img0.png`). */
  readonly imports: ReadonlyMap<string, string>;
  /** The anchor of each heading of the post, by its source offset. */
  readonly anchors: ReadonlyMap<number, string>;
  /** The anchor of the review itself, which stands at the top of its HTML; empty for none. */
  readonly anchor: string;
  readonly file: string;
  readonly loadAsset: AssetLoader;
}

/** Reads an image by its path relative to the post, or says why there is none. */
export type AssetLoader = (path: string) => Promise<Asset | MissingAsset>;

export interface MissingAsset {
  /** No such file; not below the content folder; over the limit; of no known type; not to be opened. */
  readonly missing: "absent" | "outside" | "too-large" | "no-picture" | "unreadable";
  /** A file beside the path whose name differs in case, Unicode form or extension alone; for `absent`. */
  readonly near: string | null;
}

export interface Rendered {
  /** Has passed the sanitiser. */
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly figures: readonly Figure[];
  readonly assets: readonly Asset[];
  readonly diagnostics: readonly Diagnostic[];
}
