/** The hash by which a run sees whether a post has to be read again. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/**
 * Hash of everything a post is made of: its bytes, the version and options of the reader, and size and time of each
 * image file that its text names. Names are looked for in the raw bytes, without parsing: a name too many only makes a
 * post be read once more.
 *
 * @returns 32 hex digits.
 */
export async function fingerprint(file: string, bytes: Uint8Array, reader: string): Promise<string> {
  const hash = createHash("sha256").update(reader).update("\0").update(bytes);
  const names = new Set(Buffer.from(bytes).toString("latin1").match(imageName) ?? []);
  for (const name of [...names].sort()) {
    // The bytes were read as Latin-1, so that any encoding passes; the name is decoded before it meets the file system.
    const path = safeDecode(Buffer.from(name, "latin1").toString("utf8"));
    const found = await stat(join(dirname(file), normalize(path))).catch(() => null);
    hash.update(`\0${name}\0${found === null ? "missing" : `${found.size}:${found.mtimeMs}`}`);
  }
  return hash.digest("hex").slice(0, 32);
}

const imageName = /[^\s"'()<>[\]{}`=]{1,400}\.(?:png|jpe?g|gif|webp|avif|svg)/giu;

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign is part of the name.
    return path;
  }
}
