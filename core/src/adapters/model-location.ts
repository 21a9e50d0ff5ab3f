/** From what a person writes for a model (a folder, a name, a Hugging Face id) to the model's files. */
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../model/failure.ts";
import { readModelCatalog } from "./model-catalog.ts";
import { type DownloadProgress, downloadModel } from "./model-download.ts";
import { type ModelFiles, readModelFiles } from "./model-files.ts";

export interface LocateOptions {
  /** Folder of models and of their table `models.json`; `data/models` of this repository by default. */
  readonly modelsFolder?: string;
  /** Where downloaded models are kept; `.cache` in the models folder by default. */
  readonly cacheFolder?: string;
  /** Address of the Hub that ids are downloaded from. */
  readonly hub?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** The model that comes with Nonmun. */
export const defaultModel = "nonmun-e5-small-ko-en";

const ownModels = fileURLToPath(new URL("../../../data/models", import.meta.url));

/** @throws Failure `model-missing`, `model-broken`, `model-unreachable` or `bad-config`. */
export async function locateModel(model = defaultModel, options: LocateOptions = {}): Promise<ModelFiles> {
  const models = options.modelsFolder ?? ownModels;
  const catalog = await readModelCatalog(join(models, "models.json"));
  const named = join(models, model);
  for (const folder of [resolve(model), named]) {
    if (await isFolder(folder)) {
      const id = basename(folder);
      return readModelFiles(folder, id, catalog.get(id));
    }
  }
  if (!/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*\/[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u.test(model)) {
    throw new Failure(
      "model-missing",
      `There is no model ${model}: neither a folder nor an id like Xenova/multilingual-e5-base.`,
      {
        advice: `Give NONMUN_MODEL a folder or a Hugging Face id, or unset it to use ${defaultModel}.`,
        subject: model,
      },
    );
  }
  const entry = catalog.get(model);
  const folder = await downloadModel(model, entry, { ...options, cacheFolder: cacheFolderOf(options) });
  return readModelFiles(folder, model, entry);
}

/** Where what was downloaded or made is kept. */
export function cacheFolderOf(options: LocateOptions): string {
  return options.cacheFolder ?? join(options.modelsFolder ?? ownModels, ".cache");
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Not there, or not readable: either way no folder to load from.
    return false;
  }
}
