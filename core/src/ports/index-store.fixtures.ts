/** Small made-up posts for the tests of index stores: two-dimensional vectors that can be checked by eye. */
import type { Chunk, Embedding, TokenVectors } from "../model/chunk.ts";
import type { Recipe } from "../model/manifest.ts";
import type { Asset } from "../model/paper.ts";
import type { PostEntry, PublishOptions, StoredPaper } from "./index-store.ts";

export const recipe: Recipe = { schema: 1, model: "test-model", dimensions: 2, chunker: "test-1" };

export const otherRecipe: Recipe = { ...recipe, model: "other-model", dimensions: 3 };

export const publishOptions: PublishOptions = {
  complete: true,
  modelId: "test",
  lastRun: {
    added: 1,
    changed: 0,
    removed: 0,
    unchanged: 0,
    embedded: 1,
    reused: 0,
    diagnostics: { error: 0, warning: 0, info: 0 },
    tookMs: 1,
  },
};

/** One post with one paper of one chunk for each of `texts`, whose vectors stand at `degrees`. */
export interface PostShape {
  readonly path: string;
  readonly texts: readonly string[];
  readonly degrees?: readonly number[];
  readonly title?: string;
  readonly orgs?: readonly string[];
  readonly tags?: readonly string[];
  readonly date?: string | null;
  readonly arxivId?: string | null;
  readonly kind?: "paper" | "note";
  readonly assets?: readonly Asset[];
  /** Token ids of each chunk; null stores no token vectors. */
  readonly tokenIds?: readonly (readonly number[])[] | null;
  readonly dimensions?: number;
}

const place = { line: 1, column: 1, offset: 0 };
const span = { start: place, end: place };

export function postEntry(shape: PostShape): PostEntry {
  const stem = shape.path.replace(/\.[^./]+$/u, "");
  const title = shape.title ?? stem;
  const paper: StoredPaper = {
    id: `${stem}/paper`,
    kind: shape.kind ?? "paper",
    title,
    subtitle: null,
    arxivId: shape.arxivId ?? null,
    url: null,
    orgs: shape.orgs ?? [],
    tags: shape.tags ?? [],
    date: shape.date ?? null,
    postPath: shape.path,
    postTitle: title,
    postSlug: stem,
    order: 0,
    anchor: "paper",
    span,
    headings: [{ depth: 2, text: title, anchor: "paper" }],
    figures: [],
    html: `<p>${shape.texts.length}</p>`,
  };
  return {
    post: {
      path: shape.path,
      slug: stem,
      title,
      date: shape.date ?? null,
      tags: shape.tags ?? [],
      hash: `hash of ${shape.texts.join("|")}`,
      papers: 1,
      diagnostics: [],
    },
    papers: [paper],
    chunks: shape.texts.map((text, ordinal) => chunkOf(paper, text, ordinal)),
    embeddings: shape.texts.map((_, ordinal) => embeddingOf(shape, ordinal)),
    assets: shape.assets ?? [],
  };
}

/** The unit vector at `degrees`, padded with zeros to `dimensions`. */
export function vectorAt(degrees: number, dimensions = 2): Float32Array {
  const radians = (degrees * Math.PI) / 180;
  const vector = new Float32Array(dimensions);
  vector.set([Math.cos(radians), Math.sin(radians)]);
  return vector;
}

function chunkOf(paper: StoredPaper, text: string, ordinal: number): Chunk {
  return {
    id: `${paper.id}#${ordinal}`,
    paperId: paper.id,
    postPath: paper.postPath,
    ordinal,
    heading: [paper.title],
    anchor: "paper",
    text,
    textStart: paper.title.length + 1,
    embedded: `${paper.title}\n${text}`,
    span,
  };
}

function embeddingOf(shape: PostShape, ordinal: number): Embedding {
  const ids = shape.tokenIds === null ? null : (shape.tokenIds?.[ordinal] ?? [ordinal + 1, 7]);
  return {
    vector: vectorAt(shape.degrees?.[ordinal] ?? 0, shape.dimensions),
    tokens: ids === null ? null : tokensOf(ids),
  };
}

function tokensOf(ids: readonly number[]): TokenVectors {
  return {
    count: ids.length,
    dimensions: 2,
    ids: Int32Array.from(ids),
    offsets: Uint32Array.from(ids.flatMap((_, position) => [position * 2, position * 2 + 1])),
    values: Int8Array.from(ids.flatMap((id) => [id % 128, -128])),
    scale: 0.0078125,
  };
}
