/** Example queries made from the papers that are there, so that each of them finds something. */
import type { PaperSummary } from "@nonmun/core/contract";

const most = 3;
const mostWords = 4;
/** A phrase ends where a preposition or conjunction begins the next one. */
const endsPhrase = new Set([
  "a",
  "an",
  "and",
  "as",
  "by",
  "for",
  "from",
  "in",
  "of",
  "on",
  "or",
  "the",
  "through",
  "to",
  "via",
  "with",
]);

/** Up to three phrases: the first words of what each title says after its short name. */
export function exampleQueries(papers: readonly PaperSummary[]): readonly string[] {
  const phrases = papers.filter(({ kind }) => kind === "paper").map(phraseOf);
  return [...new Set(phrases.filter((phrase) => phrase !== ""))].slice(0, most);
}

function phraseOf({ title, subtitle }: PaperSummary): string {
  const afterColon = title
    .split(/[:：]\s*/u)
    .slice(1)
    .join(": ");
  const words = (subtitle ?? (afterColon || title)).toLocaleLowerCase("en").split(/\s+/u);
  const start = words.findIndex((word) => !endsPhrase.has(word));
  const rest = words.slice(Math.max(start, 0));
  const end = rest.findIndex((word) => endsPhrase.has(word));
  const phrase = rest.slice(0, end < 2 ? mostWords : Math.min(end, mostWords));
  return phrase.join(" ").replace(/[,;.:]+$/u, "");
}
