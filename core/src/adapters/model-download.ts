/** Fetches a model from the Hugging Face Hub into a folder, once. Nonmun's only network access, and only on request. */
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Failure } from "../model/failure.ts";
import { isRecord, type ModelEntry, weightSuffixes } from "./model-catalog.ts";

/** Bytes of one file. `total` is null when the Hub doesn't say. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total: number | null;
}

export interface DownloadOptions {
  readonly cacheFolder: string;
  readonly hub?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const defaultHub = "https://huggingface.co";
/** How long the Hub may take to begin an answer. */
const answerWithinMs = 15_000;
/** Written last: a folder without it was left by an interrupted download and is completed. */
const mark = "complete.json";

/**
 * Downloads what is missing of a model and returns its folder. A file appears under its name only when it is whole.
 *
 * @throws Failure `model-unreachable` without a network, `model-missing` when the Hub has no such model or file,
 *   `storage` when the cache can't be written.
 */
export async function downloadModel(
  id: string,
  entry: ModelEntry | undefined,
  options: DownloadOptions,
): Promise<string> {
  const folder = join(options.cacheFolder, ...id.split("/"));
  const weights = `onnx/model${weightSuffixes[entry?.dtype ?? "q8"]}.onnx`;
  if ((await exists(join(folder, mark))) && (await exists(join(folder, weights)))) return folder;
  for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json", weights]) {
    if (!(await download(id, file, join(folder, file), options))) throw notOnHub(id, file);
  }
  if (await hasExternalWeights(folder)) {
    const file = `${weights}_data`;
    await download(id, file, join(folder, file), options);
  }
  await writeFile(join(folder, mark), JSON.stringify({ id, weights })).catch(storageFailure(folder));
  return folder;
}

/** @returns false when the Hub has no such file. */
async function download(
  id: string,
  file: string,
  target: string,
  options: DownloadOptions,
): Promise<boolean> {
  if (await exists(target)) return true;
  const response = await request(id, file, options.hub ?? defaultHub);
  if (response === null) return false;
  const total = Number(response.headers.get("content-length")) || null;
  const partial = `${target}.part`;
  await mkdir(dirname(target), { recursive: true }).catch(storageFailure(target));
  let received = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of response?.body ?? []) {
      received += chunk.byteLength;
      options.onProgress?.({ file, received, total });
      yield chunk;
    }
    if (total !== null && received < total)
      throw new Error(`${file} ended after ${received} of ${total} bytes.`);
  }
  try {
    await pipeline(counted, createWriteStream(partial));
    await rename(partial, target);
  } catch (cause) {
    await rm(partial, { force: true });
    throw isStorageError(cause) ? storage(target, cause) : unreachable(id, cause);
  }
  return true;
}

async function request(id: string, file: string, hub: string): Promise<Response | null> {
  const path = [...id.split("/"), "resolve", "main", ...file.split("/")].map(encodeURIComponent).join("/");
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error("No answer in time.")), answerWithinMs);
  let response: Response;
  try {
    response = await fetch(`${hub}/${path}`, { signal: waiting.signal });
  } catch (cause) {
    throw unreachable(id, cause);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  // The Hub answers 401 for a model that does not exist, as for one that is private.
  if (response.status === 404 || response.status === 401 || response.status === 403) return null;
  throw unreachable(id, new Error(`${response.status} ${response.statusText}`));
}

/** Weights beyond 2 GB lie in a second file, and then config.json says so. */
async function hasExternalWeights(folder: string): Promise<boolean> {
  const config: unknown = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  if (!isRecord(config)) return false;
  const settings = config["transformers.js_config"];
  return isRecord(settings) && Boolean(settings.use_external_data_format);
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Whatever keeps it from being read, it has to be fetched again.
    return false;
  }
}

function isStorageError(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return (
    typeof code === "string" && ["ENOSPC", "EACCES", "EPERM", "EROFS", "EDQUOT", "ENOTDIR"].includes(code)
  );
}

function storageFailure(path: string): (cause: unknown) => never {
  return (cause) => {
    throw storage(path, cause);
  };
}

function storage(path: string, cause: unknown): Failure {
  return new Failure("storage", `The model can't be written to ${path}.`, {
    advice: "Make room and check the folder's permissions, then try again: what was fetched is kept.",
    subject: path,
    cause,
  });
}

function unreachable(id: string, cause: unknown): Failure {
  return new Failure("model-unreachable", `The model ${id} could not be downloaded.`, {
    advice:
      "Check the network, or give NONMUN_MODEL a folder that holds the model; unset it to use the model that comes with Nonmun.",
    subject: id,
    cause,
  });
}

function notOnHub(id: string, file: string): Failure {
  return new Failure("model-missing", `The Hugging Face Hub has no readable ${file} of ${id}.`, {
    advice:
      "Check the id; the model needs an ONNX export, and data/models/models.json says which weights are taken.",
    subject: id,
  });
}
