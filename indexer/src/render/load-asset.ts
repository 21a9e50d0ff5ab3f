/** Reads the pictures of a post from below the content folder, and from nowhere else. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { type AssetExtension, assetMediaTypes } from "@nonmun/core/model/media";
import type { Asset } from "@nonmun/core/model/paper";
import { fold } from "@nonmun/core/text/normalize";
import { decoded } from "./image-source.ts";
import type { AssetLoader, MissingAsset } from "./types.ts";

export interface AssetLimits {
  /** Largest picture, in bytes. */
  readonly maxBytes: number;
}

export const defaultAssetLimits: AssetLimits = { maxBytes: 20 * 1024 * 1024 };

/**
 * A loader for the pictures of one post.
 *
 * A path is relative to the post; one that begins with `/` or `@site/` is taken below the content folder and below its
 * `static` folder, as Docusaurus does. Names are found whether they are composed (NFC) or decomposed (NFD, macOS), percent-encoded or
 * not, with `/` or `\`. The real path, after symbolic links, has to lie below the content folder. The type is told by the
 * first bytes, never by the name.
 *
 * @param contentFolder absolute path.
 * @param postPath below the content folder, with `/`.
 */
export function createAssetLoader(
  contentFolder: string,
  postPath: string,
  limits: AssetLimits = defaultAssetLimits,
): AssetLoader {
  return async (path) => {
    const root = await realpathOrNull(contentFolder);
    const places = candidates(postPath, path);
    if (root === null || places.length === 0) return missing("outside");
    let problem: MissingAsset["missing"] = "absent";
    for (const candidate of places) {
      const file = await find(root, candidate);
      if (file === "outside") problem = file;
      if (file === null || file === "outside") continue;
      const bytes = await read(file, limits.maxBytes);
      const extension = typeof bytes === "string" ? null : imageType(bytes);
      if (typeof bytes !== "string" && extension !== null) return asset(bytes, extension);
      problem = typeof bytes === "string" ? bytes : "no-picture";
    }
    const [first] = places;
    const near = problem === "absent" && first !== undefined ? await nearName(root, first) : null;
    return missing(problem, near);
  };
}

function missing(problem: MissingAsset["missing"], near: string | null = null): MissingAsset {
  return { missing: problem, near };
}

/** A file in the folder that is named, alike in all but case, Unicode form or extension. */
async function nearName(root: string, names: readonly string[]): Promise<string | null> {
  const folder = names.length === 1 ? root : await find(root, names.slice(0, -1));
  if (folder === null || folder === "outside") return null;
  const stem = (name: string): string => fold(name.replace(/\.[^.]+$/u, ""));
  const wanted = names.at(-1) ?? "";
  const alike = (await readdir(folder).catch(() => [])).filter((name) => stem(name) === stem(wanted)).sort();
  const near = alike.find((name) => fold(name) === fold(wanted)) ?? alike[0];
  return near?.normalize("NFC") ?? null;
}

/** PNG, JPEG, GIF, WebP or AVIF by their signatures; null for anything else, SVG and HTML among it. */
export function imageType(bytes: Uint8Array): AssetExtension | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (text(0, 3) === "\xff\xd8\xff") return "jpg";
  if (text(0, 6) === "GIF87a" || text(0, 6) === "GIF89a") return "gif";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
  // ISO base media file: size, "ftyp", then the brand; `avis` is an AVIF sequence.
  return text(4, 8) === "ftyp" && /^avi[fs]$/u.test(text(8, 12)) ? "avif" : null;
}

function asset(bytes: Uint8Array, extension: AssetExtension): Asset {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  return { id: `${digest}.${extension}`, mediaType: assetMediaTypes[extension], bytes };
}

/** Paths below the content folder at which the picture may be, as lists of names; none for one that climbs out of it. */
function candidates(postPath: string, path: string): string[][] {
  const spellings = new Set<string>();
  for (const written of [path, path.split(/[?#]/u)[0] ?? ""]) {
    spellings.add(written);
    spellings.add(decoded(written));
    spellings.add(decoded(written).replaceAll("\\", "/"));
  }
  const folder = postPath.split("/").slice(0, -1);
  const bases = (spelling: string) => {
    const site = /^(?:@site\/|\/)(.*)$/su.exec(spelling);
    return site === null
      ? [[...folder, ...spelling.split("/")]]
      : ["", "static"].map((base) => [base, ...(site[1] ?? "").split("/")]);
  };
  return [...spellings].flatMap(bases).flatMap((names) => {
    const normal = resolveDots(names);
    return normal === null || normal.length === 0 ? [] : [normal];
  });
}

function resolveDots(names: readonly string[]): string[] | null {
  const kept: string[] = [];
  for (const name of names) {
    if (name.includes("\0") || name.length > 255) return null;
    if (name === "" || name === ".") continue;
    if (name !== "..") kept.push(name);
    else if (kept.pop() === undefined) return null;
  }
  return kept;
}

/** The real path that `names` lead to below `root`, each name in any normal form; null if there is none, or where it leads. */
async function find(root: string, names: readonly string[]): Promise<string | "outside" | null> {
  let at = root;
  for (const name of names) {
    const next = (await realpathOrNull(join(at, name))) ?? (await otherSpelling(at, name));
    if (next === null) return null;
    if (!isBelow(root, next)) return "outside";
    at = next;
  }
  return at;
}

async function otherSpelling(folder: string, name: string): Promise<string | null> {
  const wanted = name.normalize("NFC");
  const entries = await readdir(folder).catch(() => []);
  const entry = entries.find((each) => each.normalize("NFC") === wanted);
  return entry === undefined ? null : realpathOrNull(join(folder, entry));
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realpathOrNull(path: string): Promise<string | null> {
  // Not there, not allowed, or a loop of links: for a picture all of them mean that it cannot be shown.
  return realpath(path).catch(() => null);
}

/** The bytes of an ordinary file of at most `maxBytes`, or why there are none. */
async function read(path: string, maxBytes: number): Promise<Uint8Array | MissingAsset["missing"]> {
  // Opening a named pipe would wait for a writer without O_NONBLOCK; a link put in place meanwhile is not followed.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const handle = await open(path, flags).catch(() => null);
  if (handle === null) return "unreadable";
  try {
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size === 0) return "no-picture";
    if (stat.size > maxBytes) return "too-large";
    const bytes = new Uint8Array(stat.size);
    const { bytesRead } = await handle.read(bytes, 0, stat.size, 0);
    return bytes.subarray(0, bytesRead);
  } catch {
    // A disk that fails under one picture must not stop the post.
    return "unreadable";
  } finally {
    await handle.close();
  }
}
