/** Suggestions while typing: titles, orgs, tags and words of the corpus, also by Hangul initials. */
import type { Suggestion } from "../contract.ts";
import type { PaperCard } from "../ports/index-store.ts";
import { isFunctionWord } from "../text/function-words.ts";
import { initialsOf, isInitials } from "../text/hangul.ts";
import { fold } from "../text/normalize.ts";
import { squeeze, wordsOf } from "../text/words.ts";
import type { CorpusTerm } from "./corpus-terms.ts";
import type { Glossary } from "./glossary.ts";
import { paperHref } from "./links.ts";
import { endsSlice, type Slices } from "./slices.ts";

export interface SuggestIndex {
  readonly items: readonly SuggestItem[];
}

interface SuggestItem {
  readonly suggestion: Suggestion;
  /** Squeezed text. */
  readonly key: string;
  /** Initials of the squeezed text, empty when it holds no Hangul. */
  readonly initials: string;
  /** Offsets in `key` at which a word begins. */
  readonly starts: readonly number[];
  /** Papers behind it: more of them come first. */
  readonly papers: number;
}

/** A word must be in this many titles to be a term of the corpus. */
const termPapersMin = 2;

/** Papers, and terms, in a slice: about 2 ms. */
const sliceSize = 50;

/** @param used terms of the reviews' text; they count beside those of titles. 1,000 papers take some 30 ms in all. */
export function* suggestionSlices(
  cards: readonly PaperCard[],
  glossary: Glossary,
  used: readonly CorpusTerm[] = [],
): Slices<SuggestIndex> {
  const orgs = new Map<string, number>();
  const terms = new Map<string, { text: string; papers: number }>();
  const items: SuggestItem[] = [];
  for (const [position, card] of cards.entries()) {
    if (endsSlice(position, sliceSize)) yield;
    items.push(item({ kind: "title", text: card.title, href: paperHref(card.id) }, 1));
    for (const org of card.orgs) orgs.set(org, (orgs.get(org) ?? 0) + 1);
    const title = `${card.title} ${card.subtitle ?? ""}`;
    for (const term of new Set([...termsOfTitle(title, glossary), ...card.tags.map(fold)])) {
      const known = terms.get(term);
      terms.set(term, { text: term, papers: (known?.papers ?? 0) + 1 });
    }
  }
  for (const { text, papers } of used) {
    const known = spellingsOf(text).find((spelling) => terms.has(spelling)) ?? text;
    terms.set(known, { text: known, papers: Math.max(terms.get(known)?.papers ?? 0, papers) });
  }
  for (const [org, papers] of orgs) {
    items.push(item({ kind: "org", text: org, href: `/?org=${encodeURIComponent(org)}` }, papers));
  }
  for (const [place, { text, papers }] of [...terms.values()].entries()) {
    if (endsSlice(place, sliceSize)) yield;
    if (papers < termPapersMin) continue;
    items.push(item({ kind: "term", text, href: `/?q=${encodeURIComponent(text)}` }, papers));
    for (const other of koreanFor(text, glossary)) {
      items.push(item({ kind: "term", text: other, href: `/?q=${encodeURIComponent(other)}` }, papers));
    }
  }
  return { items: unique(items) };
}

/** Best first: begins with what was typed, then a word inside does, then anything that holds it; then by papers. */
export function suggestionsFor(typed: string, index: SuggestIndex, limit: number): readonly Suggestion[] {
  const key = squeeze(typed);
  const initials = isInitials(typed) ? typed.replace(/\s/gu, "") : null;
  if (key === "" && initials === null) return [];
  const found: { item: SuggestItem; rank: number }[] = [];
  for (const candidate of index.items) {
    const rank =
      initials === null
        ? rankOf(candidate.key, key, candidate.starts)
        : rankOf(candidate.initials, initials, candidate.starts);
    if (rank !== null) found.push({ item: candidate, rank });
  }
  found.sort(
    (one, other) =>
      one.rank - other.rank ||
      other.item.papers - one.item.papers ||
      one.item.key.length - other.item.key.length ||
      (one.item.key < other.item.key ? -1 : 1),
  );
  return found.slice(0, limit).map(({ item: { suggestion } }) => suggestion);
}

function rankOf(key: string, typed: string, starts: readonly number[]): number | null {
  const at = key.indexOf(typed);
  if (at < 0) return null;
  if (at === 0) return 0;
  if (starts.some((start) => key.startsWith(typed, start))) return 1;
  return typed.length >= 3 ? 2 : null;
}

function item(suggestion: Suggestion, papers: number): SuggestItem {
  const key = squeeze(suggestion.text);
  const starts: number[] = [];
  let offset = 0;
  for (const word of wordsOf(suggestion.text)) {
    starts.push(offset);
    offset += word.folded.length;
  }
  const initials = /[가-힣]/u.test(key) ? initialsOf(key) : "";
  return { suggestion, key, initials, starts, papers };
}

/** Single words and glossary terms of up to three words. */
function termsOfTitle(title: string, glossary: Glossary): readonly string[] {
  const words = wordsOf(title).map((word) => word.folded);
  const terms = words.filter((word) => word.length > 2 && !isFunctionWord(word) && !/^\p{Nd}+$/u.test(word));
  for (let length = 2; length <= 3; length += 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const part = words.slice(from, from + length);
      if (glossary.terms.has(part.join(""))) terms.push(part.join(" "));
    }
  }
  return terms;
}

/** A term as titles' terms are keyed: folded, with its blanks or without them. */
function spellingsOf(text: string): readonly string[] {
  return [text, fold(text), squeeze(text)];
}

function koreanFor(term: string, glossary: Glossary): readonly string[] {
  const entry = glossary.terms.get(squeeze(term));
  return (entry?.equivalents ?? []).filter((other) => /\p{Script=Hangul}/u.test(other)).slice(0, 2);
}

function unique(items: readonly SuggestItem[]): readonly SuggestItem[] {
  const seen = new Set<string>();
  return items.filter(({ suggestion, key }) => {
    const mark = `${suggestion.kind}:${suggestion.kind === "title" ? suggestion.href : key}`;
    if (seen.has(mark)) return false;
    seen.add(mark);
    return true;
  });
}
