/** What a post holds once it is read: papers, their sections, their figures. */
import type { Diagnostic } from "./diagnostic.ts";
import type { Range, Span } from "./place.ts";

/**
 * One heading inside a paper, with the text below it up to the next heading. The first section of a paper is the
 * paper's own heading.
 */
export interface Section {
  /** Headings from the paper's title down to this one, as plain text: `["Latent Sketchpad", "학습"]`. */
  readonly heading: readonly string[];
  /** The anchor that Docusaurus and GitHub give this heading in the whole post (github-slugger). */
  readonly anchor: string;
  readonly span: Span;
  /** What the section says, block by block, without its headings. */
  readonly blocks: readonly Block[];
}

/**
 * A paragraph, list item, table row, quotation, formula or piece of code as plain text: what chunks are cut from. A footnote
 * is in the section that cites it, with the place where it is defined.
 */
export interface Block {
  readonly kind: "paragraph" | "item" | "row" | "quote" | "code" | "math" | "caption" | "footnote";
  /** Plain text in NFC, without markup. A table row carries its header: `Method: X | Score: 1`. */
  readonly text: string;
  readonly span: Span;
  /** Where the words of a long block stand within its span, in the order of the text. */
  readonly runs?: readonly Run[];
}

/** A piece of a block's text and where it stands in the post. */
export interface Run {
  readonly range: Range;
  readonly span: Span;
  /** Whether it stands there word for word, on one line; else it is what a piece of markup says as a whole. */
  readonly verbatim: boolean;
}

/** A picture of a paper. `source` is what the post says; `asset` the id of the stored bytes, or null if there are none. */
export interface Figure {
  readonly number: number;
  readonly source: string;
  readonly asset: string | null;
  readonly caption: string | null;
  readonly anchor: string;
  readonly status: "stored" | "missing" | "remote";
}

/** A heading of the rendered review, for its contents list. */
export interface Heading {
  readonly depth: number;
  readonly text: string;
  readonly anchor: string;
}

/**
 * One reviewed section of a post. `kind` is `note` for a part of a post that names no paper (an introduction, a
 * summary): it is searched and shown like a paper, but has no link and is not counted as one.
 */
export interface Paper {
  /** Stable: `<post slug>/<paper slug>`, made of the post's path and the paper's short title, never of its position. */
  readonly id: string;
  readonly kind: "paper" | "note";
  readonly title: string;
  readonly subtitle: string | null;
  /** `2510.24514`, without a version. */
  readonly arxivId: string | null;
  /** Where the paper is: the link of its heading, as written. */
  readonly url: string | null;
  /** Lower case, NFC, aliases merged, in the order of the badges. */
  readonly orgs: readonly string[];
  readonly tags: readonly string[];
  /** `YYYY-MM-DD`, or null when neither front matter, file name nor heading has one. */
  readonly date: string | null;
  readonly postPath: string;
  readonly postTitle: string;
  /** The post's part of the original blog's address: front matter `slug`, else the path without extension. */
  readonly postSlug: string;
  /** Position in the post, from 0. */
  readonly order: number;
  readonly anchor: string;
  readonly span: Span;
  readonly sections: readonly Section[];
  readonly headings: readonly Heading[];
  readonly figures: readonly Figure[];
  /** The whole review as HTML that has passed the sanitiser. */
  readonly html: string;
}

/** An image file that a post shows and that was found below the content folder. */
export interface Asset {
  /** First 32 hex digits of the SHA-256 of the bytes, a dot, and the extension: `3f…9a.png`. */
  readonly id: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One file, read. Reading never fails: what could not be understood is in `diagnostics` and kept as text. */
export interface Post {
  /** Below the content folder, with `/`, in NFC. */
  readonly path: string;
  /** Front matter `slug`, else the path without extension. Paper ids are made of the path alone. */
  readonly slug: string;
  readonly title: string;
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly draft: boolean;
  readonly papers: readonly Paper[];
  readonly assets: readonly Asset[];
  readonly diagnostics: readonly Diagnostic[];
}
