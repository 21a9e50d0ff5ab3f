/** The tables of an index and their columns. */
import { createHash } from "node:crypto";
import { Binary, Field, FixedSizeList, Float32, Float64, Int32, List, Schema, Utf8 } from "apache-arrow";
import type { Recipe } from "../../model/manifest.ts";

/**
 * - `posts`: one row a post, written last: a post counts as stored when its row is there.
 * - `papers`, `chunks`: what the posts hold. Chunks carry all that filters ask for.
 * - `embeddings`: what the model made of a text, by the text's key; survives moves, renames and re-ordering.
 * - `assets`: images by content.
 * - `state`: statistics and artifacts of a generation.
 */
export const tableKinds = ["posts", "papers", "chunks", "embeddings", "assets", "state"] as const;
export type TableKind = (typeof tableKinds)[number];

/** Changes with the columns below or with what is put into them: n-grams, keys, statistics. */
export const layout = 1;

/** Tables of different recipes have different names, so that a new index grows beside the old one. */
export function tableName(kind: TableKind, recipe: Recipe): string {
  const parts = [layout, recipe.schema, recipe.model, recipe.dimensions, recipe.chunker];
  return `${kind}_${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12)}`;
}

export function schemaOf(kind: TableKind, dimensions: number): Schema {
  return new Schema(columns(dimensions)[kind]);
}

export const manifestSchema = new Schema([required("generation", new Int32()), required("json", new Utf8())]);

export const lockSchema = new Schema([
  required("kind", new Utf8()),
  required("token", new Utf8()),
  required("json", new Utf8()),
]);

function columns(dimensions: number): Record<TableKind, Field[]> {
  const text = new Utf8();
  const texts = new List(new Field("item", text, true));
  const vector = new FixedSizeList(dimensions, new Field("item", new Float32(), true));
  return {
    posts: [
      required("path", text),
      required("hash", text),
      required("chunks", new Int32()),
      required("assets", texts),
      required("json", text),
    ],
    papers: [
      required("id", text),
      required("post_path", text),
      required("card", text),
      required("body", text),
    ],
    chunks: [
      required("id", text),
      required("paper_id", text),
      required("post_path", text),
      required("ordinal", new Int32()),
      required("key", text),
      required("orgs", texts),
      required("tags", texts),
      optional("date", text),
      required("post", text),
      required("post_stem", text),
      required("grams", text),
      required("body", text),
      required("vector", vector),
    ],
    embeddings: [
      required("key", text),
      required("vector", vector),
      optional("ids", new Binary()),
      optional("offsets", new Binary()),
      optional("values", new Binary()),
      required("dimensions", new Int32()),
      required("scale", new Float64()),
    ],
    assets: [required("id", text), required("media_type", text), required("bytes", new Binary())],
    state: [required("name", text), required("bytes", new Binary())],
  };
}

function required(name: string, type: Field["type"]): Field {
  return new Field(name, type, false);
}

function optional(name: string, type: Field["type"]): Field {
  return new Field(name, type, true);
}
