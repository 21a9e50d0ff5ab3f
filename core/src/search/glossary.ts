/** The bilingual glossary: groups of terms that mean the same, and where a query names one of them. */
import type { Range } from "../model/place.ts";
import { isEnding } from "../text/particles.ts";
import { squeeze, type Word, wordsOf } from "../text/words.ts";

/** Compiled once from the glossary files. */
export interface Glossary {
  /** Spelling without spaces, folded, to the equivalents of every group that has it, in the order of the files. */
  readonly terms: ReadonlyMap<string, GlossaryTerm>;
  /** Longest spelling, in code units of its squeezed form. */
  readonly longest: number;
}

export interface GlossaryTerm {
  readonly spelling: string;
  /** Other terms of its groups, nearest first: the other script's before its own. */
  readonly equivalents: readonly string[];
  /** Spellings in which the term must be typed to count, exact to the letter; empty when case makes no difference. */
  readonly exactSpellings: readonly string[];
}

/** A piece of the query that the glossary knows. */
export interface GlossarySpan {
  readonly range: Range;
  readonly spelling: string;
  readonly equivalents: readonly string[];
}

/** Most equivalents that one span brings along. */
const equivalentsMax = 6;

/**
 * Reads glossary files: one group a line, terms separated by `|`, `#` begins a comment line. A term written `=STaR` counts
 * only when it is typed with exactly these capitals, for names that are common words too. Bad lines are skipped: a line
 * with a single term says nothing.
 */
export function parseGlossary(files: readonly string[]): Glossary {
  const drafts = new Map<
    string,
    { spelling: string; equivalents: string[]; exact: string[]; loose: boolean }
  >();
  for (const line of files.flatMap((file) => file.replace(/^\uFEFF/u, "").split(/\r?\n/u))) {
    if (line.trimStart().startsWith("#")) continue;
    const group = line
      .normalize("NFC")
      .split("|")
      .map((term) => term.trim())
      .filter((term) => squeeze(term) !== "");
    if (group.length < 2) continue;
    const plain = group.map((term) => term.replace(/^=/u, ""));
    for (const [index, term] of plain.entries()) {
      const key = squeeze(term);
      const draft = drafts.get(key) ?? { spelling: term, equivalents: [], exact: [], loose: false };
      if (group[index]?.startsWith("=")) draft.exact.push(term);
      else draft.loose = true;
      for (const other of otherScriptFirst(term, plain)) {
        const known = draft.equivalents.some((equivalent) => squeeze(equivalent) === squeeze(other));
        if (!known && squeeze(other) !== key) draft.equivalents.push(other);
      }
      drafts.set(key, draft);
    }
  }
  const terms = new Map<string, GlossaryTerm>();
  let longest = 0;
  for (const [key, draft] of drafts) {
    terms.set(key, {
      spelling: draft.spelling,
      equivalents: draft.equivalents,
      exactSpellings: draft.loose ? [] : draft.exact,
    });
    longest = Math.max(longest, key.length);
  }
  return { terms, longest };
}

/** Finds the glossary's terms in a query, longest first from the left; spacing, case and Korean particles make no difference. */
export function glossarySpans(text: string, glossary: Glossary): readonly GlossarySpan[] {
  const words = wordsOf(text);
  const spans: GlossarySpan[] = [];
  let index = 0;
  let inside = 0;
  while (index < words.length) {
    const found = longestAt(text, words, index, inside, glossary);
    if (found === null) {
      index += 1;
      inside = 0;
      continue;
    }
    spans.push(found.span);
    index = found.next;
    inside = found.inside;
  }
  return spans;
}

interface Found {
  readonly span: GlossarySpan;
  readonly next: number;
  readonly inside: number;
}

/**
 * The longest term that begins `inside` code units into word `index`. A Hangul term may end inside a word, where a particle or
 * the next part of a compound follows; any other term ends with its word.
 */
function longestAt(
  text: string,
  words: readonly Word[],
  index: number,
  inside: number,
  glossary: Glossary,
): Found | null {
  const first = words[index];
  if (first === undefined) return null;
  let best: Found | null = null;
  let joined = "";
  for (let last = index; last < words.length; last += 1) {
    const word = words[last];
    if (word === undefined) break;
    const part = last === index ? word.folded.slice(inside) : word.folded;
    if (joined.length + 1 > glossary.longest) break;
    for (const length of endsOf(word, part, joined === "")) {
      const term =
        glossary.terms.get(joined + part.slice(0, length)) ??
        singular(joined + part.slice(0, length), word, glossary);
      if (term === undefined) continue;
      const cut = (last === index ? inside : 0) + length;
      const whole = cut >= word.folded.length;
      // Folding may change a word's length (full-width letters do not, ligatures do): then only its end is a safe place.
      const end = whole ? word.range[1] : Math.min(word.range[0] + cut, word.range[1]);
      const start = Math.min(first.range[0] + inside, first.range[1]);
      if (!typedAs(term, text.slice(start, end))) continue;
      best = {
        span: {
          range: [start, end],
          spelling: term.spelling,
          equivalents: term.equivalents.slice(0, equivalentsMax),
        },
        next: whole ? last + 1 : last,
        inside: whole ? 0 : cut,
      };
      break;
    }
    joined += part;
  }
  return best;
}

/**
 * Lengths of `part` at which a term may end, longest first. A single syllable counts only as a word of its own, or before
 * a particle.
 */
function endsOf(word: Word, part: string, alone: boolean): readonly number[] {
  if (word.script !== "hangul") return [part.length];
  const ends: number[] = [];
  for (let length = part.length; length >= 1; length -= 1) {
    const shortest = alone ? 2 : 1;
    if (length === part.length || length >= shortest || isEnding(part.slice(length))) ends.push(length);
  }
  return ends;
}

function singular(key: string, word: Word, glossary: Glossary): GlossaryTerm | undefined {
  return word.script === "latin" && key.length > 4 && key.endsWith("s")
    ? glossary.terms.get(key.slice(0, -1))
    : undefined;
}

function typedAs(term: GlossaryTerm, typed: string): boolean {
  return term.exactSpellings.length === 0 || term.exactSpellings.includes(typed.normalize("NFKC"));
}

function otherScriptFirst(term: string, group: readonly string[]): readonly string[] {
  const others = group.filter((other) => other !== term);
  const differs = (other: string) => hasHangul(other) !== hasHangul(term);
  return [...others.filter(differs), ...others.filter((other) => !differs(other))];
}

function hasHangul(text: string): boolean {
  return /\p{Script=Hangul}/u.test(text);
}
