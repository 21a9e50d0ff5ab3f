/** A small index made of real adapters (memory store, hash embedder), for the tests of the API. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import type { Chunk } from "@nonmun/core/model/chunk";
import type { RunReport } from "@nonmun/core/model/manifest";
import type { Asset } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Artifacts, IndexStore, PostEntry, StoredPaper } from "@nonmun/core/ports/index-store";

/** What a test says of a paper; the rest is made up from it. */
export interface PaperSketch {
  readonly slug: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly arxivId?: string;
  readonly orgs?: readonly string[];
  readonly text: string;
}

export interface PostSketch {
  readonly path: string;
  readonly date: string | null;
  readonly papers: readonly PaperSketch[];
}

export const png: Asset = {
  id: "0123456789abcdef0123456789abcdef.png",
  mediaType: "image/png",
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
};

export const sketches: readonly PostSketch[] = [
  {
    path: "2025-10-29-papers-review.mdx",
    date: "2025-10-29",
    papers: [
      {
        slug: "latent-sketchpad",
        title: "Latent Sketchpad",
        subtitle: "Sketching Visual Thoughts to Elicit Multimodal Reasoning in MLLMs",
        arxivId: "2510.24514",
        orgs: ["microsoft"],
        text: "그림을 그리며 생각하는 visual latent reasoning 방법을 제안한다.",
      },
      {
        slug: "atlas",
        title: "ATLAS",
        arxivId: "2510.22037",
        orgs: ["google"],
        text: "다국어 스케일링 법칙을 다룬다.",
      },
      {
        slug: "게임-에이전트",
        title: "게임 에이전트",
        orgs: ["bytedance", "google"],
        text: "키보드와 마우스로 게임을 한다.",
      },
    ],
  },
  {
    path: "archive/2025-09-01-papers-review.md",
    date: "2025-09-01",
    papers: [
      {
        slug: "atlas-again",
        title: "ATLAS <again> & more",
        arxivId: "2510.22037",
        text: "같은 논문을 다시 읽는다.",
      },
    ],
  },
];

const lastRun: RunReport = {
  added: 2,
  changed: 0,
  removed: 0,
  unchanged: 0,
  embedded: 4,
  reused: 0,
  diagnostics: { error: 0, warning: 1, info: 0 },
  tookMs: 12,
};

export interface StoredCorpus {
  readonly store: IndexStore;
  readonly embedder: Embedder;
}

export async function storeCorpus(
  posts: readonly PostSketch[] = sketches,
  artifacts: Artifacts = {},
): Promise<StoredCorpus> {
  const embedder = createHashEmbedder({ dimensions: 64 });
  const store = createMemoryStore({ now: () => Date.UTC(2025, 10, 1) });
  const { fingerprint, dimensions } = embedder.profile;
  const writer = await store.writer({ schema: 1, model: fingerprint, dimensions, chunker: "test" });
  await writer.write({ put: await Promise.all(posts.map((post) => entryOf(post, embedder))), remove: [] });
  await writer.publish({
    complete: true,
    lastRun,
    modelId: embedder.profile.id,
    artifacts: async () => artifacts,
  });
  await writer.close();
  return { store, embedder };
}

async function entryOf(sketch: PostSketch, embedder: Embedder): Promise<PostEntry> {
  const slug = sketch.path.replace(/\.mdx?$/u, "");
  const papers = sketch.papers.map((paper, order) => paperOf(paper, sketch, slug, order));
  const chunks = papers.map((paper, order) => chunkOf(paper, sketch.papers[order]?.text ?? ""));
  return {
    post: {
      path: sketch.path,
      slug,
      title: `${sketch.date ?? "undated"} papers review`,
      date: sketch.date,
      tags: ["review"],
      hash: slug,
      papers: papers.length,
      diagnostics: [],
    },
    papers,
    chunks,
    embeddings: await embedder.embed(
      chunks.map((chunk) => chunk.embedded),
      "passage",
    ),
    assets: [png],
  };
}

function paperOf(sketch: PaperSketch, post: PostSketch, postSlug: string, order: number): StoredPaper {
  const arxivId = sketch.arxivId ?? null;
  return {
    id: `${postSlug}/${sketch.slug}`,
    kind: "paper",
    title: sketch.title,
    subtitle: sketch.subtitle ?? null,
    arxivId,
    url: arxivId === null ? null : `https://huggingface.co/papers/${arxivId}`,
    orgs: sketch.orgs ?? [],
    tags: ["review"],
    date: post.date,
    postPath: post.path,
    postTitle: `${post.date ?? "undated"} papers review`,
    postSlug,
    order,
    anchor: sketch.slug,
    span,
    headings: [{ depth: 2, text: sketch.title, anchor: sketch.slug }],
    figures: [
      { number: 1, source: "./a.png", asset: png.id, caption: null, anchor: "figure-1", status: "stored" },
    ],
    html: `<p>${sketch.text}</p>`,
  };
}

function chunkOf(paper: StoredPaper, text: string): Chunk {
  return {
    id: `${paper.id}#0`,
    paperId: paper.id,
    postPath: paper.postPath,
    ordinal: 0,
    heading: [paper.title],
    anchor: paper.anchor,
    text,
    textStart: paper.title.length + 1,
    embedded: `${paper.title}\n${text}`,
    span,
  };
}

const span: Span = { start: { line: 1, column: 1, offset: 0 }, end: { line: 2, column: 1, offset: 10 } };
