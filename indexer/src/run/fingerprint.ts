/** The hash by which a run sees whether a post has to be read again. */
import { createHash, type Hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PostFile } from "../content/list-posts.ts";
import { refusalOf } from "../markdown/refuse.ts";

/**
 * Hash of everything a post is made of: its bytes, the version and options of the reader, and size and time of each
 * image file that its text names. Names are looked for in the raw bytes, without parsing: a name too many only makes a
 * post be read once more.
 *
 * @returns 32 hex digits.
 */
export async function fingerprint(
  post: Pick<PostFile, "file" | "folder">,
  bytes: Uint8Array,
  reader: string,
): Promise<string> {
  const hash = createHash("sha256").update(reader).update("\0").update(bytes);
  // What is no post shows no pictures, and looking for names in megabytes without a blank takes minutes.
  if (refusalOf(bytes) !== null) return digestOf(hash);
  // Read as Latin-1, so that any encoding passes; each name is decoded before it meets the file system.
  const text = Buffer.from(bytes).toString("latin1");
  const names = new Set(
    ending.test(text) ? [...(text.match(plainName) ?? []), ...(text.match(quotedName) ?? [])] : [],
  );
  for (const name of [...names].sort()) {
    hash.update(
      `\0${name}\0${await stateOf(post, safeDecode(Buffer.from(name, "latin1").toString("utf8")))}`,
    );
  }
  return digestOf(hash);
}

function digestOf(hash: Hash): string {
  return hash.digest("hex").slice(0, 32);
}

/** Asked first: most posts show no picture, and looking for names takes longer than reading does. */
const ending = /\.(?:png|jpe?g|gif|webp|avif|svg)/iu;
/** Blanks are those of ASCII alone: `\s` would take the byte A0 for one, which is a part of `정` and many others. */
const plainName = new RegExp(`[^\\t\\n\\v\\f\\r "'()<>[\\]{}\`=]{1,400}${ending.source}`, "giu");
/** Between angle brackets or quotes a name may have blanks. */
const quotedName = new RegExp(`(?<=[<"'])[^\\n\\r"'<>]{1,400}${ending.source}`, "giu");

/** Size and time of the picture, wherever the asset loader would find it. */
async function stateOf({ file, folder }: Pick<PostFile, "file" | "folder">, path: string): Promise<string> {
  const site = /^(?:@site)?\/(.*)$/su.exec(path)?.[1];
  const bases = site === undefined ? [dirname(file)] : [folder, join(folder, "static")];
  const name = site ?? path;
  for (const spelling of new Set([name, name.normalize("NFC"), name.normalize("NFD")])) {
    for (const base of bases) {
      const found = await stat(join(base, spelling)).catch(() => null);
      if (found !== null) return `${found.size}:${found.mtimeMs}`;
    }
  }
  return "missing";
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign is part of the name.
    return path;
  }
}
