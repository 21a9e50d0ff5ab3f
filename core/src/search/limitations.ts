/** What a search could not do, in words. The page says it in its own language, from the same data. */
import type { Limitation } from "../contract.ts";

export function sentenceOf(limitation: Limitation): string {
  switch (limitation.code) {
    case "not-loaded":
      return "The language model is not loaded: results are by words only, not by meaning.";
    case "failed":
      return "The language model failed on this query: results are by words only, not by meaning.";
    case "terms-failed":
      return "The language model failed on terms of the glossary: only the query's own words were compared.";
    case "phrase-not-found": {
      const quoted = limitation.phrases.map((phrase) => `"${phrase}"`).join(" and ");
      return `No paper holds ${quoted}: these are the nearest.`;
    }
    case "not-a-date":
      return `${limitation.words.join(" and ")} names no date (write 2025, 2025-10 or 2025-10-01), so it was searched as text.`;
  }
}
