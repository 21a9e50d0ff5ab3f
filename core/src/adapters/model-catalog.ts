/** What has to be known of a model to use it right: `data/models/models.json`, which a person can extend. */
import { readFile } from "node:fs/promises";
import { Failure } from "../model/failure.ts";

/** Names of weights files as Hugging Face exports them: `onnx/model<suffix>.onnx`. */
export const weightSuffixes = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
} as const;
export type WeightType = keyof typeof weightSuffixes;

/** One line of the table. */
export interface ModelEntry {
  readonly query: string;
  readonly passage: string;
  readonly pooling: "mean" | "cls";
  readonly dimensions: number;
  /** Longest input in tokens, prefix and special tokens included. */
  readonly maxTokens: number;
  readonly dtype: WeightType;
  /** The output that holds the vectors: hidden states to pool, or `sentence_embedding`, which is pooled already. */
  readonly output: "last_hidden_state" | "sentence_embedding";
}

/**
 * Reads the table.
 *
 * @returns entries by model id, or folder name for a model that is not from the Hub.
 * @throws Failure `bad-config` when the file is not such a table.
 */
export async function readModelCatalog(path: string): Promise<ReadonlyMap<string, ModelEntry>> {
  let table: unknown;
  try {
    table = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw badTable(path, "can't be read as JSON", cause);
  }
  if (!isRecord(table)) throw badTable(path, "must be an object of model ids");
  const entries = new Map<string, ModelEntry>();
  for (const [id, value] of Object.entries(table)) {
    if (!id.startsWith("$")) entries.set(id, readEntry(path, id, value));
  }
  return entries;
}

function readEntry(path: string, id: string, value: unknown): ModelEntry {
  if (!isRecord(value)) throw badTable(path, `must give an object for "${id}"`);
  const wrong = (field: string, wanted: string): Failure =>
    badTable(path, `needs "${field}" of "${id}" to be ${wanted}`);
  const { query, passage, pooling, dimensions, maxTokens, dtype, output = "last_hidden_state" } = value;
  if (typeof query !== "string") throw wrong("query", "the prefix of queries, a text");
  if (typeof passage !== "string") throw wrong("passage", "the prefix of passages, a text");
  if (pooling !== "mean" && pooling !== "cls") throw wrong("pooling", '"mean" or "cls"');
  if (!isCount(dimensions)) throw wrong("dimensions", "a whole number above 0");
  if (!isCount(maxTokens) || maxTokens < 8) throw wrong("maxTokens", "a whole number of at least 8");
  if (!isWeightType(dtype)) throw wrong("dtype", `one of ${Object.keys(weightSuffixes).join(", ")}`);
  if (output !== "last_hidden_state" && output !== "sentence_embedding") {
    throw wrong("output", '"last_hidden_state" or "sentence_embedding"');
  }
  return { query, passage, pooling, dimensions, maxTokens, dtype, output };
}

function isWeightType(value: unknown): value is WeightType {
  return typeof value === "string" && Object.hasOwn(weightSuffixes, value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function badTable(path: string, what: string, cause?: unknown): Failure {
  return new Failure("bad-config", `The table of models ${path} ${what}.`, {
    advice: "Correct the file; data/models/README.md says what an entry holds.",
    subject: path,
    cause,
  });
}
