/** Leaves drafts out of what was found: they are never stored, so each run would take them for new and open the writer. */
import { isDraftFile } from "../markdown/draft-mark.ts";
import { type FoundPosts, isGone } from "./find-posts.ts";
import { readSettled } from "./read-file.ts";

/** @param stored paths and hashes; a post that is stored as it is was no draft when it was read, and is not looked at. */
export async function leaveOutDrafts(
  found: FoundPosts,
  stored: ReadonlyMap<string, string>,
): Promise<FoundPosts> {
  const posts = new Map(found.posts);
  for (const [path, { file, hash }] of found.posts) {
    if (stored.get(path) === hash) continue;
    try {
      if (isDraftFile(path, await readSettled(file))) posts.delete(path);
    } catch (cause) {
      // It went, or became unreadable, a moment ago: the run sees that where it reads the post.
      if (!isGone(cause) && !(cause instanceof Error && "code" in cause)) throw cause;
    }
  }
  return { ...found, posts };
}
