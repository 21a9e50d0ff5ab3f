/** Which weights are loaded: those of the model's folder, or faster ones made from them once and kept in the cache. */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WeightType } from "./model-catalog.ts";
import { expandWeights } from "./model-expand.ts";
import { type ModelFiles, weightsName } from "./model-files.ts";

export interface Weights {
  readonly folder: string;
  readonly dtype: WeightType;
}

/**
 * The model's 4-bit weights written out as floats, which index 1.25 times as fast (docs/performance.md) and take four
 * times the memory; the stored ones where that can't be done, because they have another form or the cache can't be written.
 */
export async function expandedWeights(
  files: Pick<ModelFiles, "folder" | "entry" | "profile">,
  cacheFolder: string,
): Promise<Weights> {
  const stored: Weights = { folder: files.folder, dtype: files.entry.dtype };
  if (files.entry.dtype !== "q4") return stored;
  const folder = join(cacheFolder, "expanded", files.profile.fingerprint);
  const target = join(folder, "onnx", "model.onnx");
  const expanded: Weights = { folder, dtype: "fp32" };
  if (await isFile(target)) return expanded;
  const model = expandWeights(await readFile(join(files.folder, weightsName(files.entry))));
  if (model === null) return stored;
  const partial = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(join(folder, "onnx"), { recursive: true });
    await copyFile(join(files.folder, "config.json"), join(folder, "config.json"));
    await writeFile(partial, model);
    await rename(partial, target);
    return expanded;
  } catch {
    // A full or read-only disk costs speed, nothing else.
    await rm(partial, { force: true }).catch(() => undefined);
    return stored;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Whatever keeps it from being read, it has to be made.
    return false;
  }
}
