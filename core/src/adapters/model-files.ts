/** The files of one model: found, checked and fingerprinted before anything is loaded. */
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Failure } from "../model/failure.ts";
import type { ModelProfile } from "../ports/embedder.ts";
import { isRecord, type ModelEntry, weightSuffixes } from "./model-catalog.ts";
import type { LateInteraction } from "./model-vectors.ts";

/** A model that is ready to be loaded. */
export interface ModelFiles {
  readonly folder: string;
  readonly profile: ModelProfile;
  readonly entry: ModelEntry;
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** Null for a model that has no constants for late interaction. */
  readonly lateInteraction: LateInteraction | null;
}

/** Files up to this size are hashed whole (60 ms on one core), larger ones by samples. */
const hashedWhole = 64 * 2 ** 20;
const samples = 64;
const sampleBytes = 64 * 2 ** 10;

/**
 * Reads what a model folder says of itself.
 *
 * @param entry what is known of the model; without it, what `config.json` says, with E5's prefixes if it is named so.
 * @throws Failure `model-missing` when a file is not there, `model-broken` when one can't be understood.
 */
export async function readModelFiles(
  folder: string,
  id: string,
  entry: ModelEntry | undefined,
): Promise<ModelFiles> {
  const config = await readObject(folder, "config.json");
  const tokenizer = await readObject(folder, "tokenizer.json");
  const tokenizerConfig = await readObject(folder, "tokenizer_config.json");
  const known = entry ?? guessEntry(folder, id, config);
  const lateInteraction = await readLateInteraction(folder, known.dimensions);
  const hash = createHash("sha256");
  hash.update(JSON.stringify([id, known, lateInteraction === null ? null : [...lateInteraction.mean]]));
  for (const name of ["tokenizer.json", weightsName(known)]) await hashFile(hash, folder, name);
  const profile: ModelProfile = {
    id,
    dimensions: known.dimensions,
    maxTokens: known.maxTokens,
    prefixes: { query: known.query, passage: known.passage },
    pooling: known.pooling,
    fingerprint: `${basename(id)}-${hash.digest("hex").slice(0, 16)}`,
  };
  return { folder, profile, entry: known, tokenizer, tokenizerConfig, lateInteraction };
}

/** Path of the weights below the model's folder. */
export function weightsName(entry: Pick<ModelEntry, "dtype">): string {
  return `onnx/model${weightSuffixes[entry.dtype]}.onnx`;
}

function guessEntry(folder: string, id: string, config: Record<string, unknown>): ModelEntry {
  const dimensions = config.hidden_size;
  const positions = config.max_position_embeddings;
  if (typeof dimensions !== "number" || typeof positions !== "number") {
    throw broken(folder, "config.json names neither hidden_size nor max_position_embeddings");
  }
  const e5 = /(^|[^a-z0-9])e5([^a-z0-9]|$)/iu.test(basename(id));
  return {
    query: e5 ? "query: " : "",
    passage: e5 ? "passage: " : "",
    pooling: "mean",
    dimensions,
    maxTokens: Math.min(512, positions),
    dtype: "q8",
    output: "last_hidden_state",
  };
}

async function readLateInteraction(folder: string, dimensions: number): Promise<LateInteraction | null> {
  const name = "late-interaction.json";
  let constants: Record<string, unknown>;
  try {
    constants = await readObject(folder, name);
  } catch (error) {
    if (error instanceof Failure && error.code === "model-missing") return null;
    throw error;
  }
  return {
    mean: numbers(folder, constants.mean, dimensions, `${name}: mean`),
    component: numbers(folder, constants.component, dimensions, `${name}: component`),
  };
}

function numbers(folder: string, value: unknown, length: number, what: string): Float32Array {
  const fits = Array.isArray(value) && value.length === length;
  if (!fits || !value.every((item) => typeof item === "number" && Number.isFinite(item))) {
    throw broken(folder, `${what} must be ${length} numbers`);
  }
  return Float32Array.from(value);
}

async function readObject(folder: string, name: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(join(folder, name), "utf8");
  } catch (cause) {
    throw missing(folder, name, cause);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw broken(folder, `${name} is not valid JSON`, cause);
  }
  throw broken(folder, `${name} must hold an object`);
}

/** Adds a file's size and content; of a large file evenly spread samples, which no change of weights leaves alike. */
async function hashFile(hash: Hash, folder: string, name: string): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(join(folder, name));
  } catch (cause) {
    throw missing(folder, name, cause);
  }
  try {
    const { size } = await file.stat();
    hash.update(`${name}:${size}:`);
    if (size <= hashedWhole) {
      hash.update(await file.readFile());
      return;
    }
    const sample = Buffer.alloc(sampleBytes);
    for (let i = 0; i < samples; i++) {
      const position = Math.floor(((size - sampleBytes) * i) / (samples - 1));
      await file.read(sample, 0, sampleBytes, position);
      hash.update(sample);
    }
  } finally {
    await file.close();
  }
}

function missing(folder: string, name: string, cause: unknown): Failure {
  return new Failure("model-missing", `The model folder ${folder} has no readable ${name}.`, {
    advice:
      "Give NONMUN_MODEL a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/, or unset it.",
    subject: folder,
    cause,
  });
}

function broken(folder: string, what: string, cause?: unknown): Failure {
  return new Failure("model-broken", `The model in ${folder} can't be used: ${what}.`, {
    advice: "Copy the model's files again, or unset NONMUN_MODEL to use the model that comes with Nonmun.",
    subject: folder,
    cause,
  });
}
