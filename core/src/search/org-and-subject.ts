/** A query that names an org beside its subject (`google reasoning`, `카이스트 추론`): that org's papers answer its name. */
import type { Range } from "../model/place.ts";
import type { Filter, Hit, PaperCard, Snapshot } from "../ports/index-store.ts";
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { type Word, wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { type Glossary, glossarySpans } from "./glossary.ts";
import type { QueryPlan } from "./late-interaction.ts";
import { orgsNamed } from "./orgs.ts";
import type { Reranked } from "./rerank.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface NamedOrg {
  /** Where the name stands in the query. */
  readonly range: Range;
  /** The spellings that the index has. */
  readonly orgs: readonly string[];
}

export interface OrgDeps {
  readonly names: CatalogueIndex;
  readonly glossary: Glossary;
  readonly vocabulary: Vocabulary;
  readonly everyday: Vocabulary;
}

/** Words that a name has at most: `carnegie mellon university`. */
const wordsMax = 4;

/**
 * The orgs named in a query that also has a subject. A name that is a word of the field or of everyday language too (`meta` in
 * `메타 학습`, `scale`) counts only as the name alone, which an exact rule finds.
 */
export function orgsBesideSubject(text: string, deps: OrgDeps): readonly NamedOrg[] {
  const words = wordsOf(text);
  const terms = glossarySpans(text, deps.glossary).map((span) => span.range);
  const named: NamedOrg[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const found = longestName(text, words, first, terms, deps);
    if (found === null) continue;
    named.push(found);
    while (first + 1 < words.length && (words[first + 1]?.range[0] ?? 0) < found.range[1]) first += 1;
  }
  const hasSubject = words.some(
    ({ folded, range }) =>
      !isFunctionWord(folded) &&
      !isAskingWord(folded) &&
      named.every((name) => range[1] <= name.range[0] || name.range[1] <= range[0]),
  );
  return hasSubject ? named : [];
}

function longestName(
  text: string,
  words: readonly Word[],
  first: number,
  terms: readonly Range[],
  { names, vocabulary, everyday }: OrgDeps,
): NamedOrg | null {
  const start = words[first]?.range[0] ?? 0;
  for (let count = Math.min(wordsMax, words.length - first); count >= 1; count -= 1) {
    const end = words[first + count - 1]?.range[1] ?? start;
    if (terms.some((term) => term[0] < end && start < term[1])) continue;
    const run = words.slice(first, first + count).map(({ folded }) => folded);
    // A name neither begins nor ends with a word of grammar: `of Korea` is Korea.
    if ([run[0] ?? "", run.at(-1) ?? ""].some((word) => isFunctionWord(word) || isAskingWord(word))) continue;
    if (run.every((word) => vocabulary.knows(word) || everyday.knows(word))) continue;
    const orgs = orgsNamed(text.slice(start, end), names);
    if (orgs.length > 0) return { range: [start, end], orgs };
  }
  return null;
}

/** Chunks of the orgs' papers that are looked at beside the other candidates, which may hold few of them. */
const ofOrgsMax = 30;

/** The chunks nearest to the query among the papers of the named orgs. */
export async function hitsOfOrgs(
  snapshot: Pick<Snapshot, "nearest">,
  vector: Float32Array,
  named: readonly NamedOrg[],
  filter: Filter,
): Promise<readonly Hit[]> {
  // A filter by org has its own, and all candidates are of them.
  if (named.length === 0 || filter.orgs !== undefined) return [];
  const orgs = named.flatMap((name) => name.orgs);
  return snapshot.nearest(vector, { limit: ofOrgsMax, filter: { ...filter, orgs } });
}

/** How well a review answers its own org's name: as a word that stands in it (RETRIEVAL.md, "Highlights"). */
const metScore = 0.75;

/** Late-interaction scores in which the parts of the query that name an org are answered by that org's papers. */
export function withOrgsMet(
  scores: ReadonlyMap<string, number>,
  named: readonly NamedOrg[],
  plan: QueryPlan,
  reranked: ReadonlyMap<string, Reranked>,
  candidates: readonly Candidate[],
  cards: ReadonlyMap<string, PaperCard>,
): ReadonlyMap<string, number> {
  if (named.length === 0) return scores;
  const raised = new Map(scores);
  for (const { chunkId, paperId } of candidates) {
    const score = scores.get(chunkId);
    const late = reranked.get(chunkId)?.late;
    const orgs = cards.get(paperId)?.orgs ?? [];
    if (score === undefined || late === undefined) continue;
    let gain = 0;
    for (const [at, { range, weight }] of plan.parts.entries()) {
      const isMet = named.some(
        (name) =>
          name.range[0] < range[1] && range[0] < name.range[1] && name.orgs.some((org) => orgs.includes(org)),
      );
      if (isMet) gain += weight * Math.max(0, metScore - (late.parts[at]?.score ?? 0));
    }
    raised.set(chunkId, score + gain);
  }
  return raised;
}
