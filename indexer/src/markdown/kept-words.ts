/** Test support: which words of a post's source are found nowhere in what is indexed of it. */
import type { Chunk } from "@nonmun/core/model/chunk";
import type { Post } from "@nonmun/core/model/paper";
import { decodeReferences } from "./html-text.ts";

export interface Words {
  /** How many different words there are. */
  readonly all: number;
  readonly lost: readonly string[];
}

/**
 * The words that a reader of the page would see, and those of them that no chunk, title, badge or tag holds. What readers don't see
 * is taken out of the source first: front matter, imports, comments, tags with their attributes, addresses, code fences' languages.
 */
export function lostWords(source: string, post: Post, chunks: readonly Chunk[]): Words {
  const facts = post.papers.flatMap((paper) => [
    paper.title,
    paper.subtitle ?? "",
    paper.url ?? "",
    paper.arxivId ?? "",
    ...paper.orgs,
    ...paper.tags,
  ]);
  const texts = [post.title, ...facts, ...chunks.flatMap((chunk) => [chunk.embedded, ...chunk.heading])];
  const kept = texts.map((text) => text.normalize("NFC").toLowerCase()).join("\n");
  const words = [...new Set(wordsOf(visible(source)))];
  return { all: words.length, lost: words.filter((word) => !kept.includes(word)) };
}

function visible(source: string): string {
  const text = source
    .replace(/^(---|\+\+\+)\n[\s\S]*?\n\1(?:\n|$)/u, "\n")
    .replace(/^(?:import|export) .*$/gmu, " ")
    .replace(/<!--[\s\S]*?-->|\{\/\*[\s\S]*?\*\/\}/gu, " ")
    .replace(/\s(?:alt|title|label|summary)=(?:"([^"]*)"|'([^']*)')/gu, ">$1$2<x ")
    .replace(/<\/?[a-zA-Z][^<>]*>/gu, " ")
    .replace(/^\s{0,3}(?:```|~~~).*$/gmu, " ")
    .replace(/^\s{0,3}\[[^\]\n]+\]:.*$/gmu, " ")
    .replace(/\]\((?:[^()\n]|\([^()\n]*\))*\)/gu, "]")
    .replace(/\[\^[^\]\n]*\]/gu, " ")
    .replace(/\\([!-/:-@[-`{-~])/gu, "$1")
    .replace(/^(\s{0,3}#{1,6})\s+\d+\.\s/gmu, "$1 ")
    .replace(/\{#[^}\n]*\}/gu, " ");
  return decodeReferences(text);
}

/** Runs of letters and digits. Markup cuts words (`**추정**하도록`), so they are looked for inside longer ones too. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
