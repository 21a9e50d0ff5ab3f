/** Which words of the catalogue a typed word may mean: itself, with a slip of the hand, or by its sound in Hangul. */
import { editDistance, forgiven } from "../text/edit-distance.ts";
import { stemOf } from "../text/particles.ts";
import { consonants, soundLikeness, soundsOfHangul, soundWeight, spelledOut } from "../text/pronunciation.ts";
import {
  bigramsOf,
  type CatalogueIndex,
  firstConsonant,
  type NameMatch,
  soundingConsonants,
} from "./catalogue-index.ts";

/** Least likeness of sounds that counts; 모던버트 and ModernBERT have 0.93, unrelated words of three consonants below 0.7. */
const likeSound = 0.84;

/** Syllables that a word must have to be heard as a name. */
const syllablesMin = 2;

/** Letters that must be typed before the beginning of a word counts for the word. */
const shortestBeginning = 4;

/** Matches of one folded word, best first. A word that the catalogue has as it is means itself and nothing else. */
export function nameMatches(word: string, index: CatalogueIndex): readonly NameMatch[] {
  if (index.words.has(word)) return [{ word, how: "same", quality: 1 }];
  const known = index.meant.get(word);
  if (known !== undefined) return known;
  const matches = /^\p{Script=Hangul}/u.test(word) ? hangulMatches(word, index) : slips(word, index);
  const sorted = [...matches].sort(
    (one, other) => other.quality - one.quality || (one.word < other.word ? -1 : 1),
  );
  index.meant.set(word, sorted);
  return sorted;
}

function hangulMatches(word: string, index: CatalogueIndex): readonly NameMatch[] {
  const stem = stemOf(word);
  if (stem !== word && index.words.has(stem)) return [{ word: stem, how: "same", quality: 1 }];
  const letters = spelledOut(stem) ?? spelledOut(word);
  if (letters !== null && index.words.has(letters)) return [{ word: letters, how: "sound", quality: 0.9 }];
  // One syllable sounds like too many: 뷁 is not PeRL.
  if (stem.length < syllablesMin) return [];
  const heard = new Set([soundsOfHangul(word), soundsOfHangul(stem)]);
  const best = new Map<string, number>();
  for (const sounds of heard) {
    if (consonants(sounds) < soundingConsonants) continue;
    const weight = soundWeight(sounds);
    for (const known of index.bySound.get(firstConsonant(sounds)) ?? []) {
      const entry = index.words.get(known);
      if (entry === undefined) continue;
      const [light, heavy] =
        weight < entry.soundWeight ? [weight, entry.soundWeight] : [entry.soundWeight, weight];
      if (light < likeSound * heavy) continue;
      const likeness = soundLikeness(sounds, entry.sounds);
      if (likeness >= likeSound) best.set(known, Math.max(best.get(known) ?? 0, likeness));
    }
  }
  const matches = [...best].map(
    ([known, likeness]): NameMatch => ({ word: known, how: "sound", quality: 0.9 * likeness }),
  );
  return [...slips(word, index), ...matches];
}

/** Words within the forgiven distance, and words that begin as typed. Found by shared letter pairs. */
function slips(word: string, index: CatalogueIndex): readonly NameMatch[] {
  const most = forgiven(word.length);
  if (most === 0) return [];
  const shared = new Map<string, number>();
  const pairs = bigramsOf(word);
  for (const pair of new Set(pairs)) {
    for (const known of index.bigrams.get(pair) ?? []) shared.set(known, (shared.get(known) ?? 0) + 1);
  }
  const matches: NameMatch[] = [];
  for (const [known, count] of shared) {
    // One slip spoils at most three letter pairs (a swap); a word that shares fewer can't be near enough.
    if (count < Math.max(1, pairs.length - 3 * most)) continue;
    if (word.length >= shortestBeginning && known.startsWith(word)) {
      matches.push({ word: known, how: "beginning", quality: 0.75 });
      continue;
    }
    const distance = editDistance(word, known, Math.min(most, forgiven(known.length)));
    if (distance <= Math.min(most, forgiven(known.length))) {
      matches.push({ word: known, how: "slip", quality: 1 - 0.15 * distance });
    }
  }
  return matches;
}
