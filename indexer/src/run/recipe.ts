/** The recipe of the indexes that this version makes. */
import type { Recipe } from "@nonmun/core/model/manifest";
import type { ModelProfile } from "@nonmun/core/ports/embedder";
import { chunkerVersion } from "../chunk/chunk-paper.ts";

/** Grows when what is stored of a post changes its meaning, so that older indexes are made anew. */
const schema = 1;

export function recipeFor(profile: ModelProfile): Recipe {
  return { schema, model: profile.fingerprint, dimensions: profile.dimensions, chunker: chunkerVersion };
}
