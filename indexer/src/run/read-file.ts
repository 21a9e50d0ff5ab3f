/** Reads a file that somebody may be writing at this moment. */
import { open, stat } from "node:fs/promises";
import { postBytesMax } from "../markdown/refuse.ts";

/**
 * The bytes of a file that did not change while it was read. A file that keeps changing is given as it was last: the
 * watcher tells of the next change, which brings the next run. Of a file that is too large for a post no more is read than
 * shows that it is.
 *
 * @throws the file system's error when the file can't be read.
 */
export async function readSettled(file: string, tries = 4): Promise<Uint8Array> {
  const before = await stat(file);
  const bytes = await readStart(file, postBytesMax + 1);
  const after = await stat(file);
  const settled =
    before.mtimeMs === after.mtimeMs &&
    before.size === after.size &&
    bytes.length === Math.min(after.size, postBytesMax + 1);
  return settled || tries <= 1 ? bytes : readSettled(file, tries - 1);
}

/** The first `most` bytes of a file, or all that it has: one that grew since it was measured is read to its end. */
async function readStart(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    // One byte more than it is said to have: that none comes says that this was the end.
    let bytes = Buffer.allocUnsafeSlow(Math.min(size + 1, most));
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === most) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, most));
    }
  } finally {
    await handle.close();
  }
}
