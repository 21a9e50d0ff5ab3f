/** Writes a publication: first beside the folder, then into it, so that what fails leaves the publication that was there. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "@nonmun/core/model/failure";
import type { SiteFiles } from "./crawl.ts";

/** Lists the files of a publication, so that the next one removes those that are no longer part of it and nothing else. */
export const listName = ".nonmun-publication.json";

export interface Written {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * @throws Failure `usage` when the folder holds something that is no publication; checked before any work is done.
 */
export async function refuseForeign(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0 || names.includes(listName)) return;
  throw new Failure("usage", `${folder} is not empty, and nothing that Nonmun published.`, {
    advice: "Name a new folder, an empty one or one of an earlier `nonmun publish`.",
    subject: folder,
  });
}

/** @throws Failure `storage` when the disk is full or must not be written to. */
export async function writeFolder(folder: string, files: SiteFiles): Promise<Written> {
  try {
    return await written(resolve(folder), files);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("storage", `${folder} can't be written: ${reason}`, {
      advice:
        "Check that there is room on the disk and that you may write there. What was published before is still there.",
      subject: folder,
      cause,
    });
  }
}

async function written(folder: string, files: SiteFiles): Promise<Written> {
  await mkdir(dirname(folder), { recursive: true });
  const before = await publishedFiles(folder);
  const staging = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const changed: string[] = [];
    for (const [path, content] of files) {
      if (before.has(path) && (await holds(join(folder, path), content))) continue;
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), content);
      changed.push(path);
    }
    const paths = [...files.keys()].sort();
    const gone = [...before].filter((path) => !files.has(path));
    // From here on nothing is written but names. Killed half-way, the list still names every file, old and new.
    await mkdir(folder, { recursive: true });
    await putList(folder, staging, [...new Set([...paths, ...gone])].sort());
    for (const path of changed.sort(pagesLast)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await rename(join(staging, path), join(folder, path));
    }
    for (const path of gone) await removeFile(folder, path);
    if (gone.length > 0) await putList(folder, staging, paths);
    return { written: changed.length, unchanged: files.size - changed.length, removed: gone.length };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** What pages need is there before they are. */
function pagesLast(one: string, other: string): number {
  const isPage = (path: string): number => (path.endsWith(".html") ? 1 : 0);
  return isPage(one) - isPage(other) || (one < other ? -1 : 1);
}

async function putList(folder: string, staging: string, files: readonly string[]): Promise<void> {
  const text = `${JSON.stringify({ madeBy: "nonmun publish", files }, null, 1)}\n`;
  if (await holds(join(folder, listName), Buffer.from(text))) return;
  await writeFile(join(staging, listName), text);
  await rename(join(staging, listName), join(folder, listName));
}

async function publishedFiles(folder: string): Promise<ReadonlySet<string>> {
  const text = await unlessMissing(readFile(join(folder, listName), "utf8"));
  if (text === null) return new Set();
  const { files } = JSON.parse(text) as { readonly files?: unknown };
  if (!Array.isArray(files)) return new Set();
  // A list that somebody changed must not lead out of the folder.
  return new Set(
    files.filter(
      (path): path is string => typeof path === "string" && resolve(folder, path).startsWith(`${folder}/`),
    ),
  );
}

async function removeFile(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    if ((await namesIn(join(folder, parent))).length > 0) return;
    await unlessMissing(rmdir(join(folder, parent)));
  }
}

async function holds(path: string, content: Uint8Array): Promise<boolean> {
  const there = await unlessMissing(readFile(path));
  return there?.equals(content) === true;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}
