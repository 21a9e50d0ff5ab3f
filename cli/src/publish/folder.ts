/** Writes a publication: all of it into a folder of its own first, then moved, so that what fails leaves what was there. */
import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure } from "@nonmun/core/model/failure";
import type { SiteFiles } from "./crawl.ts";
import {
  listName,
  namesIn,
  openPlace,
  removeUnfinished,
  someOf,
  storageFailure,
  unchanged,
  unlessMissing,
} from "./place.ts";

export interface Written {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

const halfMoved =
  "Some pages are the new ones already and some the old: publishing again ends what has begun.";

/**
 * @param signal stops it as long as nothing has been moved
 * @throws Failure `usage` when files of somebody else would be replaced, `storage` when the disk is full or must not be written
 *   to, `cancelled`.
 */
export async function writeFolder(
  folder: string,
  files: SiteFiles,
  signal: AbortSignal | null = null,
): Promise<Written> {
  const at = resolve(folder);
  const place = await openPlace(at);
  let state = unchanged;
  try {
    await removeUnfinished(at, place.staging);
    const before = await publishedFiles(at);
    const changed = await changedFiles(at, files, before);
    for (const path of changed) {
      if (signal?.aborted) throw new Failure("cancelled", "The publication was stopped.");
      await mkdir(dirname(join(place.staging, path)), { recursive: true });
      await writeFile(join(place.staging, path), files.get(path) ?? "");
    }
    const paths = [...files.keys()].sort();
    const gone = [...before].filter((path) => !files.has(path));
    // Killed from here on, the list names every file, old and new: the next publication knows all that is Nonmun's.
    await putList(at, place.staging, [...new Set([...paths, ...gone])].sort());
    for (const parent of new Set(changed.map(dirname))) await mkdir(join(at, parent), { recursive: true });
    state = halfMoved;
    for (const path of changed.toSorted(pagesLast)) await rename(join(place.staging, path), join(at, path));
    for (const path of gone) await removeFile(at, path);
    if (gone.length > 0) await putList(at, place.staging, paths);
    return { written: changed.length, unchanged: files.size - changed.length, removed: gone.length };
  } catch (cause) {
    throw storageFailure(at, cause, state);
  } finally {
    await place.close();
  }
}

/** Those whose bytes are not there yet. */
async function changedFiles(
  folder: string,
  files: SiteFiles,
  before: ReadonlySet<string>,
): Promise<readonly string[]> {
  const changed: string[] = [];
  const foreign: string[] = [];
  for (const [path, content] of files) {
    if (await holds(join(folder, path), content)) continue;
    changed.push(path);
    if (await isInTheWay(folder, path, before.has(path))) foreign.push(path);
  }
  if (foreign.length === 0) return changed;
  throw new Failure("usage", `${folder} has files that Nonmun did not publish: ${someOf(foreign)}.`, {
    advice: `The publication has some of the same name. Move yours away, or publish into another folder. ${unchanged}`,
    subject: folder,
  });
}

/** Whether something stands where a file shall go that is not a file of the publication before. */
async function isInTheWay(folder: string, path: string, isOurs: boolean): Promise<boolean> {
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    const above = await unlessMissing(lstat(join(folder, parent)));
    if (above?.isFile() === true) return true;
    if (above !== null) break;
  }
  const there = await unlessMissing(lstat(join(folder, path)));
  return there !== null && (!isOurs || there.isDirectory());
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

/** @throws Failure `storage` when the list can't be made sense of. */
async function publishedFiles(folder: string): Promise<ReadonlySet<string>> {
  const text = await unlessMissing(readFile(join(folder, listName), "utf8"));
  if (text === null) return new Set();
  const files = filesIn(text);
  if (files !== null) return new Set(files.filter(isBelow));
  throw new Failure(
    "storage",
    `${join(folder, listName)} is damaged: it lists what Nonmun published there.`,
    {
      advice: `Publish into a new folder, or empty this one if all of it is Nonmun's. ${unchanged}`,
      subject: folder,
    },
  );
}

function filesIn(text: string): readonly string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    const files: unknown = typeof list === "object" && list !== null ? Reflect.get(list, "files") : null;
    return Array.isArray(files) ? files.filter((path) => typeof path === "string") : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** A list that somebody changed must not lead out of the folder. */
function isBelow(path: string): boolean {
  return !path.includes("\\") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}

async function removeFile(folder: string, path: string): Promise<void> {
  const there = await unlessMissing(lstat(join(folder, path)));
  if (there === null || there.isDirectory()) return;
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
