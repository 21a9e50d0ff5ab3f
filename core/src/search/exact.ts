/** Look-ups that name a paper: an id, an address, a title or a part of it, an org. What they find comes first. */

import { editDistance } from "../text/edit-distance.ts";
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { stemOf } from "../text/particles.ts";
import { squeeze, wordsOf } from "../text/words.ts";
import type { CatalogueEntry, CatalogueIndex, NameMatch } from "./catalogue-index.ts";
import { comparableUrl } from "./identifiers.ts";
import { nameMatches } from "./name-words.ts";
import { orgsNamed, soundsAlike } from "./orgs.ts";
import type { Query } from "./query.ts";

export type ExactRule = "arxiv id" | "doi" | "address" | "title" | "part of the title" | "org";

export interface ExactMatch {
  readonly paperId: string;
  readonly rule: ExactRule;
  /** What of the paper matched. */
  readonly matched: string;
  /** 0 to 1; orders the matches among themselves. */
  readonly strength: number;
}

/**
 * Most papers that words without the whole short name may single out. Words that more titles share name a subject,
 * and a subject is ranked by meaning.
 */
const singledOut = 4;

export function exactMatches(query: Query, index: CatalogueIndex): readonly ExactMatch[] {
  const best = new Map<string, ExactMatch>();
  for (const match of [
    ...identified(query, index),
    ...named(query.text, index),
    ...byOrg(query.text, index),
    ...nearTitles(squeeze(query.text), index),
  ]) {
    const known = best.get(match.paperId);
    if (known === undefined || match.strength > known.strength) best.set(match.paperId, match);
  }
  return [...best.values()].sort(
    (one, other) => other.strength - one.strength || (one.paperId < other.paperId ? -1 : 1),
  );
}

function identified(query: Query, index: CatalogueIndex): readonly ExactMatch[] {
  const ids = new Set(query.arxivIds);
  const urls = new Set(query.urls);
  const matches: ExactMatch[] = [];
  for (const { card } of index.entries) {
    const url = card.url === null ? null : comparableUrl(card.url);
    if (card.arxivId !== null && ids.has(card.arxivId.toLowerCase())) {
      matches.push({ paperId: card.id, rule: "arxiv id", matched: card.arxivId, strength: 1 });
    } else if (url !== null && urls.has(url)) {
      matches.push({ paperId: card.id, rule: "address", matched: card.url ?? "", strength: 1 });
    } else if (url !== null && query.dois.some((doi) => url.endsWith(doi))) {
      matches.push({ paperId: card.id, rule: "doi", matched: card.url ?? "", strength: 1 });
    }
  }
  return matches;
}

/** The papers whose names hold a typed word, each with how. */
interface Wanted {
  readonly papers: ReadonlyMap<number, NameMatch>;
}

function named(text: string, index: CatalogueIndex): readonly ExactMatch[] {
  const wanted = wantedWords(text, index);
  const [first, ...others] = wanted;
  if (first === undefined) return [];
  const holders = [...first.papers.keys()].filter((position) =>
    others.every((word) => word.papers.has(position)),
  );
  const typed = squeeze(text);
  const found = holders.flatMap((position): readonly Candidate[] => {
    const entry = index.entries[position];
    if (entry === undefined) return [];
    const matches = wanted.flatMap((word) => word.papers.get(position) ?? []);
    return [{ entry, matches, share: shareOfName(entry, matches) }];
  });
  const whole = found.filter(
    (candidate) => candidate.share === 1 && candidate.matches.length >= candidate.entry.name.length,
  );
  const partly =
    found.length <= singledOut && singlesOut(text)
      ? found
      : found.filter(({ entry }) => longPart(typed, entry));
  return [...new Set([...whole, ...partly])].map((candidate) => titleMatch(candidate, typed));
}

interface Candidate {
  readonly entry: CatalogueEntry;
  readonly matches: readonly NameMatch[];
  /** Share of the short name's words that the query names. */
  readonly share: number;
}

/** Letters that an unbroken part of a title must have to name the paper however many titles share its words. */
const tellingLetters = 16;

/** Whether the telling words are enough to say which paper is meant: not a letter alone (`q`, `a:b`) nor a small number (`%20`). */
function singlesOut(text: string): boolean {
  const telling = wordsOf(text).filter(({ folded }) => !isFunctionWord(folded) && !isAskingWord(folded));
  return /^(?=.*\p{L}).{2}|^.{3}/u.test(telling.map(({ folded }) => folded).join(""));
}

function longPart(typed: string, entry: CatalogueEntry): boolean {
  return typed.length >= tellingLetters && entry.squeezedTitle.includes(typed);
}

function titleMatch({ entry, matches, share }: Candidate, typed: string): ExactMatch {
  const quality = matches.reduce((sum, match) => sum + match.quality, 0) / Math.max(1, matches.length);
  const whole = typed === entry.squeezedName || typed === entry.squeezedTitle;
  const unbroken = entry.squeezedTitle.includes(typed);
  return {
    paperId: entry.card.id,
    rule: whole ? "title" : "part of the title",
    matched: matches.map((match) => match.word).join(" "),
    strength: whole ? 1 : 0.5 * quality + 0.3 * share + (unbroken ? 0.15 : 0),
  };
}

/** Letters that a whole title needs before two slips anywhere in it are forgiven, also in its short words. */
const longTitle = 12;

/** Papers whose title or short name was typed whole, with at most two slips. */
function nearTitles(typed: string, index: CatalogueIndex): readonly ExactMatch[] {
  if (typed.length < longTitle) return [];
  return index.entries.flatMap(({ card, squeezedName, squeezedTitle }): readonly ExactMatch[] => {
    const most = 2;
    const distance = Math.min(
      editDistance(typed, squeezedName, most),
      editDistance(typed, squeezedTitle, most),
    );
    if (distance > most) return [];
    return [{ paperId: card.id, rule: "title", matched: card.title, strength: 1 - 0.02 * distance }];
  });
}

/** All papers of an org whose name was typed and nothing else. */
function byOrg(text: string, index: CatalogueIndex): readonly ExactMatch[] {
  const orgs = orgsNamed(text, index);
  if (orgs.length === 0) return [];
  return index.entries.flatMap(({ card }): readonly ExactMatch[] => {
    const matched = card.orgs.find((org) => orgs.includes(org));
    return matched === undefined ? [] : [{ paperId: card.id, rule: "org", matched, strength: 0.6 }];
  });
}

/** Every telling word of the query must be one of the catalogue's, alone or as two words written as one (`selfplay`). */
function wantedWords(text: string, index: CatalogueIndex): readonly Wanted[] {
  const words = wordsOf(text).map((word) => word.folded);
  const telling = words.filter((word) => !isFunctionWord(word) && !isAskingWord(word));
  const wanted: Wanted[] = [];
  for (let position = 0; position < telling.length; position += 1) {
    const word = telling[position] ?? "";
    const next = telling[position + 1];
    if (next !== undefined && index.words.has(word + next)) {
      // Some write the two as one, some don't: `auto encoder` is sought in either form.
      const apart = bothOf(word, next, index);
      wanted.push(
        asWanted([{ word: word + next, how: "same", quality: 1 }], index, {
          word: `${word} ${next}`,
          papers: apart,
        }),
      );
      position += 1;
      continue;
    }
    const matches = nameMatches(word, index).filter((match) => !isHeardInTerm(word, match, index));
    const pair = matches.some((match) => match.how === "same") ? undefined : index.pairs.get(word);
    if (matches.length === 0 && pair === undefined) return [];
    wanted.push(asWanted(matches, index, { word, papers: pair ?? [] }));
  }
  return wanted;
}

/** A term of the field sounds like many a name (커널: cornell) and means one only where it is that name in Hangul (라마: LLaMA). */
function isHeardInTerm(word: string, { how, quality }: NameMatch, index: CatalogueIndex): boolean {
  return how === "sound" && quality < soundsAlike && (index.isTerm(word) || index.isTerm(stemOf(word)));
}

function bothOf(one: string, other: string, index: CatalogueIndex): readonly number[] {
  const papers = new Set(index.words.get(other)?.papers);
  return (index.words.get(one)?.papers ?? []).filter((paper) => papers.has(paper));
}

/** `pair`: papers that write the word as two. */
function asWanted(
  matches: readonly NameMatch[],
  index: CatalogueIndex,
  pair: { readonly word: string; readonly papers: readonly number[] } | null = null,
): Wanted {
  const papers = new Map<number, NameMatch>();
  for (const paper of pair?.papers ?? []) {
    papers.set(paper, { word: pair?.word ?? "", how: "same", quality: 1 });
  }
  for (const match of matches) {
    for (const paper of index.words.get(match.word)?.papers ?? []) {
      if (!papers.has(paper)) papers.set(paper, match);
    }
  }
  return { papers };
}

function shareOfName(entry: CatalogueEntry, matches: readonly NameMatch[]): number {
  const meant = new Set(matches.flatMap((match) => match.word.split(" ")));
  const joined = squeeze(matches.map((match) => match.word).join(""));
  const named = entry.name.filter((word) => meant.has(word) || joined.includes(word)).length;
  return entry.name.length === 0 ? 0 : named / entry.name.length;
}
