/** Which files are left unread, whatever they are called: those that are no text, and those that are larger than any post. */
import { isText } from "./decode.ts";
import type { Report } from "./diagnostic-codes.ts";

/**
 * Most bytes of a post. The longest at hand have 0.1 MB, and a line of 10 MB is read in bounded time; a file beyond this is a
 * dump or a download, on which one run would spend hours while every other post waits.
 */
export const postBytesMax = 16 * 1024 * 1024;

/** Why a file is not read as a post, or null. Looks at `postBytesMax + 1` bytes at most. */
export function refusalOf(bytes: Uint8Array): Omit<Report, "span"> | null {
  if (bytes.length > postBytesMax) {
    return {
      code: "post-too-large",
      message: `The file was left out, because it is larger than ${postBytesMax / 1024 ** 2} MB.`,
      advice: "Divide it into several posts, or name it in .nonmunignore if it is none.",
    };
  }
  if (!isText(bytes)) {
    return {
      code: "not-text",
      message: "The file was left out, because it is no text: it holds NUL bytes.",
      advice:
        "Save it as UTF-8 in the editor that wrote it; if it is a picture or another kind of file, rename it or name it in .nonmunignore.",
    };
  }
  return null;
}
