/** A small index in memory, for the tests of search: papers in a line or two, one chunk each. */
import { createMemoryStore } from "../adapters/memory-store.ts";
import type { Chunk } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { PostEntry, Snapshot, StoredPaper } from "../ports/index-store.ts";
import type { SearchRequest } from "../ports/searcher.ts";

export interface SamplePaper {
  readonly slug: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly text?: string;
  readonly orgs?: readonly string[];
  readonly tags?: readonly string[];
  readonly url?: string;
  readonly date?: string;
}

const start = { line: 1, column: 1, offset: 0 };
const span = { start, end: start };

/** Each paper is a post of its own, so that their order is that of their dates. */
export async function sampleSnapshot(papers: readonly SamplePaper[], embedder: Embedder): Promise<Snapshot> {
  const store = createMemoryStore({ now: () => 0 });
  const { fingerprint, dimensions } = embedder.profile;
  const writer = await store.writer({ schema: 1, model: fingerprint, dimensions, chunker: "sample" });
  await writer.write({ put: await Promise.all(papers.map((paper) => entryOf(paper, embedder))), remove: [] });
  const none = { added: 0, changed: 0, removed: 0, unchanged: 0, embedded: 0, reused: 0, tookMs: 0 };
  const lastRun = { ...none, diagnostics: { error: 0, warning: 0, info: 0 } };
  await writer.publish({ complete: true, lastRun, modelId: embedder.profile.id });
  await writer.close();
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("The sample index was not published.");
  return snapshot;
}

/** A request with everything at its default. */
export function ask(text: string, options: Partial<SearchRequest> = {}): SearchRequest {
  return {
    text,
    mode: "hybrid",
    filters: {},
    sort: "relevance",
    limit: 10,
    offset: 0,
    explain: false,
    ...options,
  };
}

async function entryOf(sample: SamplePaper, embedder: Embedder): Promise<PostEntry> {
  const path = `${sample.date ?? "2025-01-01"}-${sample.slug}.md`;
  const head = sample.subtitle === undefined ? sample.title : `${sample.title}: ${sample.subtitle}`;
  const chunk: Chunk = {
    id: `${sample.slug}#0`,
    paperId: sample.slug,
    postPath: path,
    ordinal: 0,
    heading: [sample.title],
    anchor: sample.slug,
    text: sample.text ?? "",
    textStart: head.length + 1,
    embedded: `${head}\n${sample.text ?? ""}`,
    span,
  };
  return {
    post: {
      path,
      slug: path,
      title: path,
      date: sample.date ?? "2025-01-01",
      tags: [],
      hash: sample.slug,
      papers: 1,
      diagnostics: [],
    },
    papers: [storedPaper(sample, path)],
    chunks: [chunk],
    embeddings: await embedder.embed([chunk.embedded], "passage"),
    assets: [],
  };
}

function storedPaper(sample: SamplePaper, path: string): StoredPaper {
  return {
    id: sample.slug,
    kind: "paper",
    title: sample.title,
    subtitle: sample.subtitle ?? null,
    arxivId: /\d{4}\.\d{5}/u.exec(sample.url ?? "")?.[0] ?? null,
    url: sample.url ?? null,
    orgs: sample.orgs ?? [],
    tags: sample.tags ?? [],
    date: sample.date ?? "2025-01-01",
    postPath: path,
    postTitle: path,
    postSlug: path,
    order: 0,
    anchor: sample.slug,
    span,
    headings: [],
    figures: [],
    html: "",
  };
}
