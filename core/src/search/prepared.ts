/** What one snapshot is searched with, made once: the catalogue by id, its names, its suggestions, its token statistics. */
import type { PaperCard, Snapshot } from "../ports/index-store.ts";
import { type CatalogueIndex, catalogueSlices } from "./catalogue-index.ts";
import type { Glossary } from "./glossary.ts";
import type { TokenStatistics } from "./late-interaction.ts";
import { inSlices, type Pause } from "./slices.ts";
import { type SuggestIndex, suggestionSlices } from "./suggest.ts";

export interface Prepared {
  /** Newest first. */
  readonly catalogue: readonly PaperCard[];
  readonly cards: ReadonlyMap<string, PaperCard>;
  /** Place in the catalogue; papers that it doesn't hold come last. */
  readonly position: (paperId: string) => number;
  readonly names: CatalogueIndex;
  readonly suggestions: SuggestIndex;
  readonly statistics: TokenStatistics;
}

/** @param pause comes between slices of a few milliseconds; without it everything is made in one go. */
export async function prepare(
  snapshot: Snapshot,
  glossary: Glossary,
  pause: Pause = async () => undefined,
): Promise<Prepared> {
  const [catalogue, frequencies] = await Promise.all([snapshot.catalogue(), snapshot.documentFrequencies()]);
  const positions = new Map(catalogue.map((card, index) => [card.id, index]));
  return {
    catalogue,
    cards: new Map(catalogue.map((card) => [card.id, card])),
    position: (paperId) => positions.get(paperId) ?? catalogue.length,
    names: await inSlices(
      catalogueSlices(catalogue, (squeezed) => glossary.terms.has(squeezed)),
      pause,
    ),
    suggestions: await inSlices(suggestionSlices(catalogue, glossary), pause),
    statistics: { documents: snapshot.manifest.counts.chunks, frequencies },
  };
}
