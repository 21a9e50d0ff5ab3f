/** Which orgs of the index a name means: as it is written, or as Koreans write and hear it. */
import { isAskingWord } from "../text/function-words.ts";
import { stemOf } from "../text/particles.ts";
import { consonants } from "../text/pronunciation.ts";
import { squeeze, wordsOf } from "../text/words.ts";
import { type CatalogueIndex, orgCore } from "./catalogue-index.ts";
import { latinOrgNames } from "./hangul-org-names.ts";
import { nameMatches } from "./name-words.ts";

/** The spellings in the index that an org as typed may mean: exactly it, else orgs that hold all its words, slips forgiven. */
export function resolveOrg(typed: string, index: CatalogueIndex): readonly string[] {
  const named = orgsNamed(typed, index);
  if (named.length > 0) return named;
  const wanted = wordsOf(typed).map(
    (word) => new Set(nameMatches(word.folded, index).map((match) => match.word)),
  );
  const held = [...index.orgs.values()].filter((org) => {
    const words = [...wordsOf(org).map((word) => word.folded), squeeze(org)];
    return wanted.length > 0 && wanted.every((meant) => words.some((word) => meant.has(word)));
  });
  return held.length > 0 ? held : [typed];
}

/**
 * The orgs whose name was typed and nothing else but words like 논문: in the index's spelling, or in Hangul (카이스트, 칭화대)
 * from a list of the well-known and else by its sound.
 */
export function orgsNamed(text: string, index: CatalogueIndex): readonly string[] {
  const typed = squeeze(text);
  // Signs name nobody, not even where an org is called `…`.
  if (typed === "") return [];
  const same = index.orgs.get(typed);
  if (same !== undefined) return [same];
  if (!/\p{Script=Hangul}/u.test(text)) return sameCore([text], index);
  const telling = wordsOf(text).filter((word) => !isAskingWord(word.folded));
  const name = squeeze(telling.map((word) => word.folded).join(""));
  for (const spelling of new Set([typed, name, stemOf(name)])) {
    const own = index.orgs.get(spelling);
    const orgs = own === undefined ? spelledInLatin(latinOrgNames(spelling), index) : [own];
    if (orgs.length > 0) return orgs;
  }
  return soundingLike(name, index);
}

/** Orgs that differ from the names in `university` and the like alone. */
function sameCore(names: readonly string[], index: CatalogueIndex): readonly string[] {
  return [...new Set(names.map(orgCore))].flatMap((core) => index.orgCores.get(core) ?? []);
}

/** Orgs of these names, `university` and the like aside; when there is none, orgs that begin with the first of the names. */
function spelledInLatin(names: readonly string[], index: CatalogueIndex): readonly string[] {
  const [first] = names;
  if (first === undefined) return [];
  const same = sameCore(names, index);
  return same.length > 0 ? same : [...index.orgs.values()].filter((org) => org.startsWith(`${first} `));
}

/**
 * Least quality of a likeness in sound (see `nameMatches`) that makes a name: 0.9 times a likeness of 0.95. Of 5,733 Korean terms
 * of the field none is taken for one of the 382 orgs of ko-notes; from 0.9 on, 커널 (kernel) would be cornell.
 */
export const soundsAlike = 0.855;
/** Two consonants make too many words alike: 캐드 sounds like git. */
const consonantsMin = 3;

function soundingLike(name: string, index: CatalogueIndex): readonly string[] {
  if (!/^\p{Script=Hangul}+$/u.test(name) || index.isTerm(name)) return [];
  const [best] = nameMatches(name, index);
  if (best === undefined || best.how !== "sound" || best.quality < soundsAlike) return [];
  const org = index.orgs.get(best.word);
  const sounds = index.words.get(best.word)?.sounds ?? "";
  return org === undefined || consonants(sounds) < consonantsMin ? [] : [org];
}
