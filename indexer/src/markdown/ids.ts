/** Ids of papers: made of the post's path and the paper's short title, never of positions. */

import { createHash } from "node:crypto";
import { fold } from "@nonmun/core/text/normalize";

export interface Named {
  readonly kind: "paper" | "note";
  readonly title: string;
  readonly arxivId: string | null;
  readonly url: string | null;
}

/** The first part of a paper's id: the path without its extension. */
export function postIdOf(path: string): string {
  return path.replace(/\.(?:mdx|md|markdown)$/iu, "");
}

/**
 * Ids for the papers of one post, in the order given. Papers of one short title: the one with the lowest arXiv id (else
 * address) keeps the bare slug and the others add theirs, so that neither reordering nor a newer paper of that
 * name changes an id; papers come before notes. What is alike even then is counted.
 */
export function assignIds(path: string, papers: readonly Named[]): readonly string[] {
  const post = postIdOf(path);
  const byStability = papers
    .map((paper, order) => ({ paper, order, slug: paperSlug(paper) }))
    .sort((a, b) => compare(sortKey(a.paper), sortKey(b.paper)) || a.order - b.order);
  const taken = new Set<string>();
  const ids = new Array<string>(papers.length).fill("");
  for (const { paper, order, slug } of byStability) {
    const suffix = stableSuffix(paper);
    const candidates = suffix === null ? [slug] : [slug, `${slug}-${suffix}`];
    const chosen =
      candidates.find((candidate) => !taken.has(candidate)) ?? counted(candidates.at(-1) ?? slug, taken);
    taken.add(chosen);
    ids[order] = `${post}/${chosen}`;
  }
  return ids;
}

/** What stands before the colon of a title, when that is a name and not a sentence: `ATLAS: Adaptive …` -> `ATLAS`. */
export function shortTitle(title: string): string {
  const before = /^(?<name>[^:：]{2,60})\s?[:：]\s/u.exec(title)?.groups?.name?.trim() ?? "";
  return before === "" ? title : before;
}

/** Longest slug of a paper, in UTF-16 code units: cut after a whole word. */
const slugMax = 80;

function paperSlug({ title, arxivId }: Named): string {
  const slug = fold(shortTitle(title))
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
  if (slug === "") return arxivId === null ? "untitled" : arxivId.replace("/", "-");
  if (slug.length <= slugMax) return slug;
  const cut = slug.slice(0, slugMax + 1);
  const end = cut.lastIndexOf("-");
  return end > slugMax / 2 ? cut.slice(0, end) : [...slug].slice(0, slugMax / 2).join("");
}

function stableSuffix({ arxivId, url }: Named): string | null {
  if (arxivId !== null) return arxivId.replace("/", "-");
  return url === null ? null : createHash("sha256").update(url).digest("hex").slice(0, 8);
}

function sortKey({ kind, arxivId, url }: Named): string {
  if (kind === "note") return "3";
  if (arxivId !== null) return `0${arxivId.padStart(12, "0")}`;
  return url === null ? "2" : `1${url}`;
}

function counted(slug: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
