/** The passage that answers best, with the words that carried the match: the query's own, and words of the same meaning. */
import type { Mark, Snippet } from "../contract.ts";
import type { Chunk, TokenVectors } from "../model/chunk.ts";
import type { Range } from "../model/place.ts";
import { excerpt, passageMax, passagesOf } from "../text/excerpt.ts";
import { isFunctionWord } from "../text/function-words.ts";
import { stemOf } from "../text/particles.ts";
import { type Word, wordsOf } from "../text/words.ts";
import type { Evidence } from "./rerank.ts";

/** Cosine of centred token vectors from which a word is marked as meaning the same (RETRIEVAL.md: noise ends at about 0.27). */
const meaningFrom = 0.3;
/** Words marked for their meaning in a passage, for each part of the query: more would say that everything matched. */
const meaningsPerPart = 2;
/** A word must be at least this near to the best word of the chunk that is not the query's own. */
const nearBest = 0.7;

/** Decides between runs that answer the same: the one that comes to the point at once. */
const leadShare = 0.01;

/**
 * @param typed the words of the query, for literal matches.
 * @param evidence what late interaction saw of the chunk; without it, only literal words are marked.
 */
export function snippetOf(chunk: Chunk, typed: string, evidence: Evidence | null): Snippet {
  const words = wordsOf(chunk.text);
  const literal = literalMarks(words, typed);
  const taken = new Set(literal.map((mark) => mark.range[0]));
  const others = words.filter((word) => !taken.has(word.range[0]) && !isFunctionWord(word.folded));
  const marks = [...literal, ...(evidence === null ? [] : meaningMarks(chunk, others, evidence))];
  const passage = bestPassage(chunk.text, marks);
  const shown = withoutRepetition(
    marks.filter(({ range }) => range[0] >= passage[0] && range[1] <= passage[1]),
  );
  return excerpt(chunk.text, passage, shown);
}

/** Literal marks all stay; of the words of the same meaning, the nearest few for each part of the query. */
function withoutRepetition(marks: readonly PartMark[]): readonly Mark[] {
  const counts = new Map<string, number>();
  return [...marks]
    .sort((one, other) => other.strength - one.strength || one.range[0] - other.range[0])
    .filter((mark) => {
      const count = counts.get(mark.part) ?? 0;
      if (mark.kind === "meaning") counts.set(mark.part, count + 1);
      return mark.kind === "literal" || count < meaningsPerPart;
    })
    .map(({ range, kind, strength }) => ({ range, kind, strength }));
}

interface PartMark extends Mark {
  /** What of the query it answers. */
  readonly part: string;
}

function literalMarks(words: readonly Word[], typed: string): readonly PartMark[] {
  const stems = wordsOf(typed)
    .filter((word) => !isFunctionWord(word.folded))
    .map((word) => (word.script === "hangul" ? stemOf(word.folded) : word.folded));
  const wanted = [...new Set(stems)];
  return words.flatMap((word): readonly PartMark[] => {
    const stem = wanted.find((candidate) => sameWord(word, candidate));
    if (stem === undefined) return [];
    // A particle stays unmarked: the mark ends where the word that was asked for ends.
    const length = word.script === "hangul" && word.folded.startsWith(stem) ? stem.length : undefined;
    const end = length === undefined ? word.range[1] : Math.min(word.range[1], word.range[0] + length);
    return [{ range: [word.range[0], end], kind: "literal", strength: 1, part: stem }];
  });
}

function sameWord(word: Word, stem: string): boolean {
  if (word.folded === stem) return true;
  if (word.script === "hangul") return stem.length >= 2 && word.folded.startsWith(stem);
  return (
    word.script === "latin" && stem.length > 3 && (word.folded === `${stem}s` || stem === `${word.folded}s`)
  );
}

function meaningMarks(chunk: Chunk, words: readonly Word[], evidence: Evidence): readonly PartMark[] {
  const similar = similaritiesByPart(evidence);
  const parts = evidence.plan.parts.length;
  const tokensOf = words.map((word) => tokensUnder(word, chunk.textStart, evidence.tokens));
  return evidence.plan.parts.flatMap((part, index): readonly PartMark[] => {
    if (part.grammar) return [];
    const scored = words
      .map((word, at) => {
        const under = tokensOf[at] ?? [];
        const score = under.reduce((best, token) => Math.max(best, similar[token * parts + index] ?? 0), 0);
        return { word, score };
      })
      .filter(({ score }) => score >= meaningFrom)
      .sort((one, other) => other.score - one.score || one.word.range[0] - other.word.range[0]);
    const top = scored[0]?.score ?? 0;
    return scored
      .filter(({ score }) => score >= nearBest * top)
      .map(({ word, score }) => ({
        range: word.range,
        kind: "meaning",
        strength: Math.min(0.99, round(score)),
        part: part.text,
      }));
  });
}

/** For each token and part, the best product over the part's rows, as a cosine. */
function similaritiesByPart({ plan, tokens, products, count }: Evidence): Float32Array {
  const size = plan.parts.length;
  const result = new Float32Array(tokens.count * size);
  const owner = plan.parts.flatMap((part, index) =>
    part.readings.flatMap((reading) =>
      reading.weights.map((_, offset) => [reading.from + offset, index] as const),
    ),
  );
  for (let token = 0; token < tokens.count; token += 1) {
    for (const [row, index] of owner) {
      const value = (products[token * count + row] ?? 0) * tokens.scale;
      if (value > (result[token * size + index] ?? 0)) result[token * size + index] = value;
    }
  }
  return result;
}

/** The tokens that touch a word. They stand in the order of the text, so the first one is found by halving. */
function tokensUnder(word: Word, textStart: number, { count, offsets }: TokenVectors): readonly number[] {
  const start = word.range[0] + textStart;
  const end = word.range[1] + textStart;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[2 * middle + 1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let token = low; token < count && (offsets[2 * token] ?? 0) < end; token += 1) found.push(token);
  return found;
}

/**
 * The run of passages, at most `passageMax` long, that answers most of the query: the sum, over the query's words, of the
 * strongest mark inside, with a little more for what its first passage answers. Of equal ones the first.
 */
function bestPassage(text: string, marks: readonly PartMark[]): Range {
  const passages = passagesOf(text);
  let best: Range = passages[0] ?? [0, 0];
  let bestScore = -1;
  for (const [index, first] of passages.entries()) {
    // A run begins with a passage that says something; what stands before it would only fill the room.
    if (index > 0 && coverage(marks, first) === 0) continue;
    let end = first[1];
    for (let next = index + 1; next < passages.length; next += 1) {
      const reach = passages[next]?.[1] ?? 0;
      if (reach - first[0] > passageMax) break;
      end = reach;
    }
    const score = coverage(marks, [first[0], end]) + leadShare * coverage(marks, first);
    if (score > bestScore + 1e-6) {
      best = [first[0], end];
      bestScore = score;
    }
  }
  return best;
}

function coverage(marks: readonly PartMark[], [from, to]: Range): number {
  const strongest = new Map<string, number>();
  for (const mark of marks) {
    if (mark.range[0] < from || mark.range[1] > to) continue;
    strongest.set(mark.part, Math.max(strongest.get(mark.part) ?? 0, mark.strength));
  }
  return [...strongest.values()].reduce((sum, strength) => sum + strength, 0);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
