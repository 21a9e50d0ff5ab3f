/** What look-ups by name need of the catalogue, made once per snapshot: words of titles and orgs, with who has them. */

import { type BoundedCache, createBoundedCache } from "../model/bounded-cache.ts";
import type { PaperCard } from "../ports/index-store.ts";
import { isFunctionWord } from "../text/function-words.ts";
import {
  consonants,
  type Sounds,
  soundsOfHangul,
  soundsOfLatin,
  soundWeight,
} from "../text/pronunciation.ts";
import { squeeze, wordsOf } from "../text/words.ts";
import { endsSlice, type Slices } from "./slices.ts";

export interface CatalogueIndex {
  readonly entries: readonly CatalogueEntry[];
  /** Single words of titles, subtitles and orgs. */
  readonly words: ReadonlyMap<string, KnownWord>;
  /** Neighbouring words of a title written as one (`selfplay`), to the papers that have them. */
  readonly pairs: ReadonlyMap<string, readonly number[]>;
  /** Pairs of letters to the words that hold them, for look-ups with slips. */
  readonly bigrams: ReadonlyMap<string, readonly string[]>;
  /** Latin words by the first consonant of their sound (see `firstConsonant`). */
  readonly bySound: ReadonlyMap<string, readonly string[]>;
  /** What words were found to mean: the same words come again and again while someone types. */
  readonly meant: BoundedCache<readonly NameMatch[]>;
  /** Orgs as compared (`squeeze`) to their spellings in the index. */
  readonly orgs: ReadonlyMap<string, string>;
  /** Orgs without `university` and the like (see `orgCore`) to their spellings in the index. */
  readonly orgCores: ReadonlyMap<string, readonly string[]>;
  /** Whether a squeezed text is a term of the field, which is no org's name however much it sounds like one. */
  readonly isTerm: (squeezed: string) => boolean;
}

export interface CatalogueEntry {
  readonly card: PaperCard;
  /** Words of the short name: the title up to its colon. Function words are left out unless there is nothing else. */
  readonly name: readonly string[];
  /** The whole title and subtitle, squeezed: letters and digits alone. */
  readonly squeezedTitle: string;
  readonly squeezedName: string;
}

export interface KnownWord {
  /** Positions in `entries` of the papers that have the word, ascending. */
  readonly papers: readonly number[];
  readonly sounds: Sounds;
  readonly soundWeight: number;
  readonly hangul: boolean;
}

/** A catalogue's word that a typed word may mean. */
export interface NameMatch {
  readonly word: string;
  readonly how: "same" | "slip" | "sound" | "beginning";
  /** 1 for the same word; less the less sure it is. */
  readonly quality: number;
}

const wordsKept = 2000;
/** Papers and words in a slice: about 2 ms of either. */
const slice = { papers: 50, words: 400 } as const;

/** 1,000 papers take some 30 ms in all. */
export function* catalogueSlices(
  cards: readonly PaperCard[],
  isTerm: CatalogueIndex["isTerm"] = () => false,
): Slices<CatalogueIndex> {
  const papersOf = new Map<string, number[]>();
  const pairs = new Map<string, number[]>();
  const orgs = new Map<string, string>();
  const orgCores = new Map<string, Set<string>>();
  const entries: CatalogueEntry[] = [];
  for (const [position, card] of cards.entries()) {
    for (const text of [card.title, card.subtitle ?? "", ...card.orgs]) {
      const words = wordsOf(text);
      for (const [index, word] of words.entries()) {
        addOnce(papersOf, word.folded, position);
        const next = words[index + 1];
        if (next !== undefined) addOnce(pairs, word.folded + next.folded, position);
      }
    }
    for (const org of card.orgs) {
      orgs.set(squeeze(org), org);
      const core = orgCore(org);
      if (core !== "") orgCores.set(core, (orgCores.get(core) ?? new Set()).add(org));
      // As one word too: 허깅페이스 and `huggingface` are names of `hugging face`.
      addOnce(papersOf, squeeze(org), position);
    }
    entries.push(entryOf(card));
    if (endsSlice(position, slice.papers)) yield;
  }
  const words = yield* knownWords(papersOf);
  return {
    entries,
    words,
    pairs,
    bigrams: yield* bigramIndex(words.keys()),
    bySound: soundIndex(words),
    meant: createBoundedCache(wordsKept),
    orgs,
    orgCores: new Map([...orgCores].map(([core, spellings]) => [core, [...spellings]])),
    isTerm,
  };
}

/** Words of a university's or firm's name that tell it from no other. */
const ofInstitutions: ReadonlySet<string> = new Set("the,of,univ,university,inc,corp,corporation".split(","));

/** What of an org's name tells it from others, as one word. */
export function orgCore(org: string): string {
  return wordsOf(org)
    .map((word) => word.folded)
    .filter((word) => !ofInstitutions.has(word))
    .join("");
}

function* knownWords(
  papersOf: ReadonlyMap<string, readonly number[]>,
): Slices<ReadonlyMap<string, KnownWord>> {
  const known = new Map<string, KnownWord>();
  for (const [word, papers] of papersOf) {
    const hangul = /^\p{Script=Hangul}/u.test(word);
    const sounds = hangul ? soundsOfHangul(word) : soundsOfLatin(word);
    known.set(word, { papers, hangul, sounds, soundWeight: soundWeight(sounds) });
    if (endsSlice(known.size, slice.words)) yield;
  }
  return known;
}

/** Letter pairs of a word, with a mark before its first letter. */
export function bigramsOf(word: string): readonly string[] {
  const letters = `^${word}`;
  const result: string[] = [];
  for (let index = 0; index + 1 < letters.length; index += 1) result.push(letters.slice(index, index + 2));
  return result;
}

/** Consonants that a word must have before its sound says who it is. */
export const soundingConsonants = 2;

export function sounding(word: KnownWord): boolean {
  return consonants(word.sounds) >= soundingConsonants;
}

/** The class of sounds that a word begins with, vowels aside: loan words keep it, but S, T and J change places. */
export function firstConsonant(sounds: Sounds): string {
  const first = /[^aeiou]/u.exec(sounds)?.[0] ?? "";
  return "STJ".includes(first) ? "S" : first;
}

function soundIndex(words: ReadonlyMap<string, KnownWord>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [word, known] of words) {
    if (known.hangul || !sounding(known)) continue;
    const key = firstConsonant(known.sounds);
    const list = index.get(key);
    if (list === undefined) index.set(key, [word]);
    else list.push(word);
  }
  return index;
}

function entryOf(card: PaperCard): CatalogueEntry {
  const short = card.title.split(/[:：]/u, 1)[0] ?? card.title;
  const all = wordsOf(short).map((word) => word.folded);
  const telling = all.filter((word) => !isFunctionWord(word));
  return {
    card,
    name: telling.length > 0 ? telling : all,
    squeezedTitle: squeeze(`${card.title} ${card.subtitle ?? ""}`),
    squeezedName: squeeze(short),
  };
}

function* bigramIndex(words: Iterable<string>): Slices<ReadonlyMap<string, readonly string[]>> {
  const index = new Map<string, string[]>();
  let count = 0;
  for (const word of words) {
    for (const bigram of new Set(bigramsOf(word))) {
      const list = index.get(bigram);
      if (list === undefined) index.set(bigram, [word]);
      else list.push(word);
    }
    count += 1;
    if (endsSlice(count, slice.words)) yield;
  }
  return index;
}

function addOnce(index: Map<string, number[]>, key: string, position: number): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [position]);
  else if (list.at(-1) !== position) list.push(position);
}
