/** Reads a file that somebody may be writing at this moment. */
import { readFile, stat } from "node:fs/promises";

/**
 * The bytes of a file that did not change while it was read. A file that keeps changing is given as it was last: the
 * watcher tells of the next change, which brings the next run.
 *
 * @throws the file system's error when the file can't be read.
 */
export async function readSettled(file: string, tries = 4): Promise<Uint8Array> {
  const before = await stat(file);
  const bytes = await readFile(file);
  const after = await stat(file);
  const settled =
    before.mtimeMs === after.mtimeMs && before.size === after.size && bytes.length === after.size;
  return settled || tries <= 1 ? bytes : readSettled(file, tries - 1);
}
