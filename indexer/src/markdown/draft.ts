/** A paper or note as found in a post, before it gets its id, its blocks and its HTML. */
import type { Heading, Root, RootContent } from "mdast";
import type { Reporter } from "./diagnostic-codes.ts";
import type { LinkTargets, TitleLine } from "./heading-line.ts";

export interface Draft {
  readonly kind: "paper" | "note";
  readonly title: string;
  readonly subtitle: string | null;
  readonly arxivId: string | null;
  readonly url: string | null;
  /** In the spelling of the post: aliases are merged later. */
  readonly badges: readonly string[];
  /** Labels that this paper has beside those of its post. */
  readonly tags: readonly string[];
  /** A date of its own, or null: then the post's. */
  readonly date: string | null;
  readonly anchor: string;
  /** What the review consists of, in source order, its own heading first where there is one. */
  readonly nodes: readonly RootContent[];
  /** The headings among `nodes` that name the paper and open no section. */
  readonly own: ReadonlySet<RootContent>;
}

/** What finding papers needs to know of a post. */
export interface Outline {
  readonly tree: Root;
  readonly anchors: ReadonlyMap<number, string>;
  readonly targets: LinkTargets;
  /** What the line of a heading says. */
  readonly lineOf: (heading: Heading) => TitleLine;
  readonly postTitle: string;
  readonly report: Reporter["report"];
}
