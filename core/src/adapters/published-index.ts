/** The index of a published site: catalogue and text as one JSON value, made to be searched in a browser without vectors. */
import type { Chunk } from "../model/chunk.ts";
import type { Counts } from "../model/manifest.ts";
import type { PaperCard, Snapshot } from "../ports/index-store.ts";
import { openMemorySnapshot } from "./memory-snapshot.ts";

export interface PublishedIndex {
  readonly counts: Counts;
  /** Texts of glossary files, for words that mean the same. */
  readonly glossary: readonly string[];
  /** Address of the original blog, for links to it. */
  readonly siteUrl: string | null;
  readonly papers: readonly PaperCard[];
  readonly chunks: readonly PublishedChunk[];
}

/** A chunk without what follows from its paper. */
interface PublishedChunk extends Pick<Chunk, "paperId" | "ordinal" | "heading" | "anchor" | "text"> {
  /** What stands before `text` in the embedded text. */
  readonly before: string;
}

/** The same snapshot and settings give the same value, in the same order. */
export async function packIndex(
  snapshot: Snapshot,
  settings: Pick<PublishedIndex, "glossary" | "siteUrl">,
): Promise<PublishedIndex> {
  const papers = await snapshot.catalogue();
  const chunks = await snapshot.chunksOf(papers.map(({ id }) => id));
  return {
    counts: snapshot.manifest.counts,
    ...settings,
    papers,
    chunks: chunks.map(({ paperId, ordinal, heading, anchor, text, textStart, embedded }) => ({
      paperId,
      ordinal,
      heading,
      anchor,
      text,
      before: embedded.slice(0, textStart),
    })),
  };
}

/** Opens it as a snapshot: everything but vectors, reviews and pictures. A search by words asks for none of these. */
export function openPublishedIndex({ counts, papers, chunks }: PublishedIndex): Snapshot {
  const postPaths = new Map(papers.map(({ id, postPath }) => [id, postPath]));
  const post = {
    path: "",
    slug: "",
    title: "",
    date: null,
    tags: [],
    hash: "",
    papers: papers.length,
    diagnostics: [],
  };
  const entry = {
    post,
    papers: papers.map((card) => ({ ...card, headings: [], figures: [], html: "", span: nowhere })),
    chunks: chunks.map((chunk): Chunk => {
      const { before, ...kept } = chunk;
      const id = `${chunk.paperId}#${chunk.ordinal}`;
      const textStart = before.length;
      const postPath = postPaths.get(chunk.paperId) ?? "";
      return { ...kept, id, postPath, textStart, embedded: before + chunk.text, span: nowhere };
    }),
    embeddings: chunks.map(() => noEmbedding),
    assets: [],
  };
  return openMemorySnapshot({
    manifest: {
      generation: 1,
      recipe: { schema: 0, model: "", dimensions: 0, chunker: "" },
      modelId: "",
      complete: true,
      createdAt: "",
      counts,
      tables: {},
      lastRun: noRun,
    },
    entries: new Map([["", entry]]),
    artifacts: new Map(),
  });
}

const start = { line: 1, column: 1, offset: 0 };
const nowhere = { start, end: start };
const noEmbedding = { vector: new Float32Array(0), tokens: null };
const noRun = {
  added: 0,
  changed: 0,
  removed: 0,
  unchanged: 0,
  embedded: 0,
  reused: 0,
  diagnostics: { error: 0, warning: 0, info: 0 },
  tookMs: 0,
};
