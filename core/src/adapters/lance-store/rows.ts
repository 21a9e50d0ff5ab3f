/** Between the model's posts, papers and chunks and the rows of the tables. */
import { createHash } from "node:crypto";
import type { Chunk, Embedding, TokenVectors } from "../../model/chunk.ts";
import type { Asset } from "../../model/paper.ts";
import type { PaperCard, PostEntry, StoredPaper, StoredPost } from "../../ports/index-store.ts";
import { chunkTerms } from "../lexical-text.ts";
import { cardOf, factsOf } from "../store-filter.ts";
import { bytesOf, numbersOf, type Row, type Rows, stringsOf, vectorsOf } from "./columns.ts";

/** Names an embedding by the text that was embedded: the first 32 hex digits of its SHA-256. */
export function textKey(embedded: string): string {
  return createHash("sha256").update(embedded).digest("hex").slice(0, 32);
}

export function postRow(entry: PostEntry): Row {
  return {
    path: entry.post.path,
    hash: entry.post.hash,
    chunks: entry.chunks.length,
    assets: entry.assets.map((asset) => asset.id),
    json: JSON.stringify(entry.post),
  };
}

export function paperRow(paper: StoredPaper): Row {
  const { headings, figures, html, span } = paper;
  return {
    id: paper.id,
    post_path: paper.postPath,
    card: JSON.stringify(cardOf(paper)),
    body: JSON.stringify({ headings, figures, html, span }),
  };
}

export function assetRow(asset: Asset): Row {
  return { id: asset.id, media_type: asset.mediaType, bytes: asset.bytes };
}

export function chunkRows(entry: PostEntry): Row[] {
  const papers = new Map(entry.papers.map((paper) => [paper.id, paper]));
  return entry.chunks.map((chunk, position) => {
    const paper = papers.get(chunk.paperId);
    const embedding = entry.embeddings[position];
    if (paper === undefined || embedding === undefined) throw new Error(`${chunk.id}: checked before`);
    const facts = factsOf(paper);
    return {
      id: chunk.id,
      paper_id: chunk.paperId,
      post_path: entry.post.path,
      ordinal: chunk.ordinal,
      key: textKey(chunk.embedded),
      orgs: facts.orgs,
      tags: facts.tags,
      date: facts.date,
      post: facts.post,
      post_stem: facts.postStem,
      grams: chunkTerms(chunk, paper).join(" "),
      body: JSON.stringify(chunk),
      vector: embedding.vector,
    };
  });
}

export function embeddingRow(key: string, embedding: Embedding): Row {
  const { vector, tokens } = embedding;
  return {
    key,
    vector,
    ids: tokens === null ? null : bytesFrom(tokens.ids),
    offsets: tokens === null ? null : bytesFrom(tokens.offsets),
    values: tokens === null ? null : bytesFrom(tokens.values),
    dimensions: tokens?.dimensions ?? 0,
    scale: tokens?.scale ?? 0,
  };
}

export const postsFrom = (result: Rows): StoredPost[] => stringsOf(result, "json").map(parse<StoredPost>);

export const cardsFrom = (result: Rows): PaperCard[] => stringsOf(result, "card").map(parse<PaperCard>);

export const chunksFrom = (result: Rows): Chunk[] => stringsOf(result, "body").map(parse<Chunk>);

export function papersFrom(result: Rows): StoredPaper[] {
  const bodies = stringsOf(result, "body").map(parse<Omit<StoredPaper, keyof PaperCard>>);
  return cardsFrom(result).flatMap((card, row) => {
    const body = bodies[row];
    return body === undefined ? [] : [{ ...card, ...body }];
  });
}

export function assetsFrom(result: Rows): Asset[] {
  const mediaTypes = stringsOf(result, "media_type");
  const bytes = bytesOf(result, "bytes");
  return stringsOf(result, "id").map((id, row) => ({
    id,
    mediaType: mediaTypes[row] ?? "",
    bytes: bytes[row] ?? new Uint8Array(),
  }));
}

export function vectorsFrom(result: Rows, nameColumn: string): Map<string, Float32Array> {
  const vectors = vectorsOf(result);
  return new Map(
    stringsOf(result, nameColumn).flatMap((name, row) => {
      const vector = vectors[row];
      return vector === undefined ? [] : [[name, vector] as const];
    }),
  );
}

/** Token vectors by key, null where a text has none. Needs the columns key, ids, offsets, values, dimensions, scale. */
export function tokensFrom(result: Rows): Map<string, TokenVectors | null> {
  const ids = bytesOf(result, "ids");
  const offsets = bytesOf(result, "offsets");
  const values = bytesOf(result, "values");
  const dimensions = numbersOf(result, "dimensions");
  const scales = numbersOf(result, "scale");
  return new Map(
    stringsOf(result, "key").map((key, row) => {
      const idBytes = ids[row] ?? null;
      const offsetBytes = offsets[row] ?? null;
      const valueBytes = values[row] ?? null;
      if (idBytes === null || offsetBytes === null || valueBytes === null) return [key, null] as const;
      return [
        key,
        {
          count: idBytes.byteLength / Int32Array.BYTES_PER_ELEMENT,
          dimensions: dimensions[row] ?? 0,
          ids: new Int32Array(idBytes.buffer),
          offsets: new Uint32Array(offsetBytes.buffer),
          values: new Int8Array(valueBytes.buffer),
          scale: scales[row] ?? 0,
        },
      ] as const;
    }),
  );
}

function bytesFrom(values: Int32Array | Uint32Array | Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}
