/** Finds the posts below the content folders, leaving out what `.gitignore` and `.nonmunignore` name. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "@nonmun/core/model/failure";
import { compose } from "@nonmun/core/text/normalize";
import ignore, { type Ignore } from "ignore";

/** A post's file. `path` is its name in the index: below its content folder, with `/`, in NFC. */
export interface PostFile {
  readonly path: string;
  /** Absolute, as the file system spells it. */
  readonly file: string;
  /** The content folder that it lies in, absolute. */
  readonly folder: string;
}

/** A folder or file that could not be looked into, with the reason. The others are indexed all the same. */
export interface Unreadable {
  readonly file: string;
  readonly reason: string;
}

export interface Listing {
  /** By path, in code unit order. */
  readonly posts: readonly PostFile[];
  readonly unreadable: readonly Unreadable[];
}

const extensions = [".md", ".mdx", ".markdown"];
const ignoreFiles = [".gitignore", ".nonmunignore"];

/**
 * Lists the posts of all content folders. With several folders, each path begins with its folder's name, made unique.
 *
 * @throws Failure `content-missing` when a folder doesn't exist or can't be read at all.
 */
export async function listPosts(folders: readonly string[]): Promise<Listing> {
  const posts: PostFile[] = [];
  const unreadable: Unreadable[] = [];
  const prefixes = folderPrefixes(folders);
  for (const [index, folder] of folders.entries()) {
    const found = await listFolder(resolve(folder));
    const prefix = prefixes[index] ?? "";
    posts.push(...found.posts.map((post) => ({ ...post, path: prefix + post.path })));
    unreadable.push(...found.unreadable);
  }
  posts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { posts, unreadable };
}

/** The failure of content folders in which there is nothing to index. */
export function contentEmpty(folders: readonly string[]): Failure {
  return new Failure("content-empty", `There is no post (.md, .mdx or .markdown) in ${folders.join(", ")}.`, {
    advice:
      "Give the folder that holds your posts (npm start -- ~/blog/docs), or look whether .gitignore or .nonmunignore leaves them out.",
    subject: folders.join(", "),
  });
}

/** Whether a file name is that of a post. */
export function isPostFile(name: string): boolean {
  return extensions.some((extension) => name.toLowerCase().endsWith(extension));
}

/** `""` for a single folder; `"blog/"` and `"notes/"` for several, with a number where two have one name. */
function folderPrefixes(folders: readonly string[]): readonly string[] {
  if (folders.length < 2) return folders.map(() => "");
  const seen = new Map<string, number>();
  return folders.map((folder) => {
    const name = compose(basename(resolve(folder))) || "root";
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? `${name}/` : `${name}-${count}/`;
  });
}

async function listFolder(folder: string): Promise<Listing> {
  const kind = await stat(folder).catch((cause: unknown) => {
    throw new Failure("content-missing", `The content folder ${folder} does not exist or can't be read.`, {
      advice: "Give the folder that holds your posts: npm start -- ~/blog/docs",
      subject: folder,
      cause,
    });
  });
  if (kind.isFile()) {
    const posts = [{ path: compose(basename(folder)), file: folder, folder: dirname(folder) }];
    return { posts: isPostFile(folder) ? posts : [], unreadable: [] };
  }
  const posts: PostFile[] = [];
  const unreadable: Unreadable[] = [];
  await walk(folder, "", []);
  return { posts, unreadable };

  async function walk(current: string, below: string, rules: readonly Rules[]): Promise<void> {
    const entries = await readdir(current, { withFileTypes: true }).catch((cause: unknown) => {
      if (below === "") {
        throw new Failure("content-missing", `The content folder ${folder} can't be read.`, {
          advice: "Check its permissions.",
          subject: folder,
          cause,
        });
      }
      unreadable.push({ file: current, reason: reasonOf(cause) });
      return [];
    });
    const here = await readRules(
      current,
      below,
      entries.map((entry) => entry.name),
      unreadable,
    );
    const inForce = here === null ? rules : [...rules, here];
    for (const entry of entries) {
      const path = below + entry.name;
      const file = join(current, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const type = entry.isSymbolicLink() ? await typeBehindLink(file) : entry;
      if (type === null) continue;
      if (type.isDirectory()) {
        // A link to a folder may lead in a circle, or out of the content: only real folders are walked.
        if (!entry.isSymbolicLink() && !isIgnored(`${path}/`, inForce)) await walk(file, `${path}/`, inForce);
      } else if (type.isFile() && isPostFile(entry.name) && !isIgnored(path, inForce)) {
        posts.push({ path: compose(path), file, folder });
      }
    }
  }
}

interface Rules {
  /** Folder of the ignore file, relative and with a trailing `/`, or empty. */
  readonly below: string;
  readonly matcher: Ignore;
}

async function readRules(
  folder: string,
  below: string,
  names: readonly string[],
  unreadable: Unreadable[],
): Promise<Rules | null> {
  const present = ignoreFiles.filter((name) => names.includes(name));
  if (present.length === 0) return null;
  const matcher = ignore();
  for (const name of present) {
    const file = join(folder, name);
    try {
      // Composed like the paths: a rule holds however file system and author spell its Hangul.
      matcher.add(compose(await readFile(file, "utf8")));
    } catch (cause) {
      unreadable.push({ file, reason: reasonOf(cause) });
    }
  }
  return { below, matcher };
}

/** The innermost file that has a rule for the path decides, as git does. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { below, matcher } of rules.toReversed()) {
    const verdict = matcher.test(compose(path.slice(below.length)));
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}

/** Null for a link that leads nowhere. */
async function typeBehindLink(file: string) {
  return stat(file).catch(() => null);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
