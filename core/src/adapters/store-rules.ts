/** Rules that every store keeps: what may be written, and which index answers for which recipe. */
import { Failure } from "../model/failure.ts";
import type { Counts, Recipe } from "../model/manifest.ts";
import type { PostEntry } from "../ports/index-store.ts";

export function sameRecipe(left: Recipe, right: Recipe): boolean {
  return (
    left.schema === right.schema &&
    left.model === right.model &&
    left.dimensions === right.dimensions &&
    left.chunker === right.chunker
  );
}

/** The refusal of an index that was made with another model, chunker or schema. */
export function recipeMismatch(wanted: Recipe, made: Recipe): Failure {
  const differs = (["schema", "model", "dimensions", "chunker"] as const)
    .filter((key) => wanted[key] !== made[key])
    .map((key) => `${key} is ${made[key]}, wanted ${wanted[key]}`);
  return new Failure("index-mismatch", `The index was made in another way: ${differs.join("; ")}.`, {
    advice: "Run `nonmun index`: it builds the new index beside the old one and then switches over.",
  });
}

/**
 * Refuses entries that contradict themselves, before any of a commit is stored. These are bugs of the caller, not of
 * a post, so they are plain errors.
 *
 * @throws Error when embeddings don't run parallel to chunks, a chunk names a paper that isn't in the entry, or a
 *   vector has another length than the recipe says.
 */
export function checkEntry(entry: PostEntry, recipe: Recipe): void {
  const { path } = entry.post;
  if (entry.embeddings.length !== entry.chunks.length) {
    throw new Error(`${path}: ${entry.chunks.length} chunks but ${entry.embeddings.length} embeddings`);
  }
  const papers = new Set(entry.papers.map((paper) => paper.id));
  for (const chunk of entry.chunks) {
    if (!papers.has(chunk.paperId))
      throw new Error(`${path}: chunk ${chunk.id} belongs to no paper of the post`);
  }
  for (const { vector } of entry.embeddings) {
    if (vector.length !== recipe.dimensions) {
      throw new Error(
        `${path}: a vector has ${vector.length} dimensions, the recipe says ${recipe.dimensions}`,
      );
    }
  }
}

export function countsOf(entries: readonly Pick<PostEntry, "papers" | "chunks">[]): Counts {
  const papers = entries.flatMap((entry) => entry.papers);
  return {
    posts: entries.length,
    papers: papers.filter((paper) => paper.kind === "paper").length,
    notes: papers.filter((paper) => paper.kind === "note").length,
    chunks: entries.reduce((sum, entry) => sum + entry.chunks.length, 0),
  };
}
