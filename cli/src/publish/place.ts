/** Where a publication goes: what may be there already, the folders above it, and a folder for what is not finished. */
import { lstat, mkdir, mkdtemp, readdir, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "@nonmun/core/model/failure";

/** Lists the files of a publication, so that the next one removes those that are no longer part of it and nothing else. */
export const listName = ".nonmun-publication.json";

/**
 * Files lie in such a folder until all of them are written. It is inside of the publication, for only within one file system
 * a file moves without being copied, and the publication may be a disk of its own.
 */
const unfinished = ".nonmun-unfinished-";

/** What people, their systems and `git` put into a folder before anything is published there. It stays as it is. */
const harmless = new Set([
  ".DS_Store",
  ".git",
  ".gitattributes",
  ".github",
  ".gitignore",
  "CNAME",
  "lost+found",
]);

export interface Place {
  /** An empty folder for what is being written. */
  readonly staging: string;
  /** Removes it, and the folders that were made for it and are still empty. */
  close(): Promise<void>;
}

/**
 * Holds, before any work is done, that a publication may go there and can be written. Leaves everything as it was.
 *
 * @throws Failure `usage` for a file and for a folder that holds something else, `storage` where nothing can be written.
 */
export async function checkPlace(folder: string): Promise<void> {
  const place = await openPlace(folder);
  await place.close();
}

/** @throws Failure as {@link checkPlace} does. */
export async function openPlace(folder: string): Promise<Place> {
  const at = resolve(folder);
  const made: string[] = [];
  try {
    await refuseForeign(at);
    await makeFolders(at, made);
    const staging = await mkdtemp(join(at, unfinished));
    return {
      staging,
      async close() {
        await rm(staging, { recursive: true, force: true });
        await removeEmpty(made);
      },
    };
  } catch (cause) {
    await removeEmpty(made);
    throw storageFailure(at, cause, unchanged);
  }
}

/** Removes what runs that were killed have left. One that still runs fails by it: the later run is the one that counts. */
export async function removeUnfinished(folder: string, staging: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(unfinished) || name === basename(staging)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Names in a folder; none when there is no folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}

/** Null in place of an error that says that nothing is there, or something of another kind. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(cause))) return null;
    throw cause;
  }
}

const nameAnother = "Name a new folder, an empty one or one of an earlier `nonmun publish`.";

export const unchanged = "Nothing that was there has changed.";

/**
 * What the system refused, as a failure that says what to do. Other errors stay what they are.
 *
 * @param state what became of the folder, as a sentence
 */
export function storageFailure(folder: string, cause: unknown, state: string): unknown {
  if (!(cause instanceof Error) || codeOf(cause) === "") return cause;
  return new Failure("storage", `${folder} can't be written: ${cause.message}.`, {
    advice: `${adviceFor(codeOf(cause))} ${state}`,
    subject: folder,
    cause,
  });
}

function adviceFor(code: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return "Make room on the disk, then publish again.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "Name a folder that you may write to.";
    case "ENOENT":
    case "EINVAL":
      return "Name a folder where folders can be made; if another `nonmun publish` writes to it, wait until that has ended.";
    default:
      return "Check that there is room on the disk and that you may write there.";
  }
}

function codeOf(cause: unknown): string {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, "code") : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/u.test(code) ? code : "";
}

async function refuseForeign(folder: string): Promise<void> {
  if (!(await isFolder(folder))) return;
  const names = (await namesIn(folder)).filter((name) => !name.startsWith(unfinished));
  if (names.includes(listName)) return;
  const foreign = names.filter((name) => !harmless.has(name));
  if (foreign.length === 0) return;
  throw new Failure("usage", `${folder} holds what Nonmun did not publish: ${someOf(foreign)}.`, {
    advice: nameAnother,
    subject: folder,
  });
}

/** A few names of many, for a sentence. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/**
 * One after the other, from the top: below `/proc` Node's own recursive `mkdir` goes round for ever, since there a folder can't be
 * made for want of a parent that exists.
 *
 * @param made takes the folders that were made, also when a later one fails
 */
async function makeFolders(folder: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let at = folder; !(await isFolder(at)); at = dirname(at)) {
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const path of missing) {
    await mkdir(path);
    made.push(path);
  }
}

/** @throws Failure `usage` when it is a file. */
async function isFolder(path: string): Promise<boolean> {
  const there = await unlessMissing(stat(path));
  if (there === null) {
    // A link that leads nowhere is found by its own name alone.
    if ((await unlessMissing(lstat(path))) === null) return false;
  } else if (there.isDirectory()) return true;
  throw new Failure("usage", `${path} is not a folder.`, {
    advice: nameAnother,
    subject: path,
  });
}

async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) {
    if ((await namesIn(folder)).length === 0) await unlessMissing(rmdir(folder));
  }
}
