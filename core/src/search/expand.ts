/** What else the query may be called: the glossary's terms, and Latin names that its Hangul words sound like. */
import { isFunctionWord } from "../text/function-words.ts";
import { stemOf } from "../text/particles.ts";
import { wordsOf } from "../text/words.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { type Glossary, type GlossarySpan, glossarySpans } from "./glossary.ts";
import { nameMatches } from "./name-words.ts";

export interface Expansion {
  /** Pieces of the query with terms that mean the same; they don't overlap. */
  readonly spans: readonly GlossarySpan[];
  /** The query with those terms behind it, for lexical look-ups. */
  readonly text: string;
}

/** Equivalents that each span adds to the lexical look-up. */
const lexicalEquivalents = 3;

/** @param isOrdinary whether a folded word is one of everyday language, which names nobody however it sounds: 쓰는, 오늘, 집에. */
export function expand(
  text: string,
  glossary: Glossary,
  names: CatalogueIndex,
  isOrdinary: (word: string) => boolean = () => false,
): Expansion {
  const known = glossarySpans(text, glossary);
  const spans = [...known, ...soundSpans(text, known, names, isOrdinary)].sort(
    (one, other) => one.range[0] - other.range[0],
  );
  const added = spans.flatMap((span) => span.equivalents.slice(0, lexicalEquivalents));
  return { spans, text: [text, ...new Set(added)].join(" ") };
}

/** Hangul words outside the glossary that sound like a Latin word of the catalogue: 라마 for llama. */
function soundSpans(
  text: string,
  taken: readonly GlossarySpan[],
  names: CatalogueIndex,
  isOrdinary: (word: string) => boolean,
): readonly GlossarySpan[] {
  return wordsOf(text).flatMap((word): readonly GlossarySpan[] => {
    if (word.script !== "hangul" || word.folded.length < 2 || isFunctionWord(word.folded)) return [];
    if (isOrdinary(word.folded)) return [];
    if (taken.some((span) => span.range[0] < word.range[1] && word.range[0] < span.range[1])) return [];
    const heard = nameMatches(word.folded, names).filter((match) => match.how === "sound");
    const best = heard[0]?.quality;
    if (best === undefined) return [];
    const end = Math.min(word.range[1], word.range[0] + stemOf(word.folded).length);
    return [
      {
        range: [word.range[0], end],
        spelling: word.folded,
        equivalents: heard.filter((match) => match.quality === best).map((match) => match.word),
      },
    ];
  });
}
