/** The index of a published site: catalogue and text as one JSON value, made to be searched in a browser without vectors. */
import type { Chunk } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Counts } from "../model/manifest.ts";
import type { PaperCard, Snapshot } from "../ports/index-store.ts";
import { openMemorySnapshot } from "./memory-snapshot.ts";

export interface PublishedIndex {
  /** Number of this shape: a worker that a browser has kept from an earlier publication must not misread a later one. */
  readonly format: typeof format;
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

const format = 1;

/** The same snapshot and settings give the same value, in the same order. */
export async function packIndex(
  snapshot: Snapshot,
  settings: Pick<PublishedIndex, "glossary" | "siteUrl">,
): Promise<PublishedIndex> {
  const papers = await snapshot.catalogue();
  const chunks = await snapshot.chunksOf(papers.map(({ id }) => id));
  return {
    format,
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

/**
 * Reads the JSON of an index.
 *
 * @throws Failure `index-damaged` when it is cut short, something else, or of another format.
 */
export function readPublishedIndex(text: string): PublishedIndex {
  const value = parsed(text);
  if (isIndex(value)) return value;
  throw new Failure("index-damaged", "The published index is damaged or of another version.", {
    advice: "Publish again, and bring all files of the folder to the host.",
  });
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

/** Undefined for text that is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

type Kind = "string" | "number" | "object" | "list";

const paperShape = {
  id: "string",
  title: "string",
  postPath: "string",
  postTitle: "string",
  postSlug: "string",
  anchor: "string",
  orgs: "list",
  tags: "list",
} as const;
const chunkShape = {
  paperId: "string",
  ordinal: "number",
  heading: "list",
  anchor: "string",
  text: "string",
  before: "string",
} as const;

function isIndex(value: unknown): value is PublishedIndex {
  if (!has(value, { format: "number", counts: "object", glossary: "list", papers: "list", chunks: "list" }))
    return false;
  const { papers, chunks, glossary } = value;
  return (
    value.format === format &&
    Array.isArray(papers) &&
    papers.every((paper) => has(paper, paperShape)) &&
    Array.isArray(chunks) &&
    chunks.every((chunk) => has(chunk, chunkShape)) &&
    Array.isArray(glossary) &&
    glossary.every((text) => typeof text === "string")
  );
}

function has<Name extends string>(
  value: unknown,
  shape: Readonly<Record<Name, Kind>>,
): value is Record<Name, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(shape).every(([name, kind]) => {
    const found: unknown = Reflect.get(value, name);
    return kind === "list" ? Array.isArray(found) : typeof found === kind && found !== null;
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
