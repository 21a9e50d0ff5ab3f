/** Korean particles and endings at the end of a word, so that `추론에서의` and `추론` are the same look-up. */

/**
 * Endings, longest first. Only what follows a noun in running text: particles (조사), the copula, and the forms of 하다 that
 * turn a noun into a verb. From the closed list of Korean particles in any grammar (National Institute of Korean Language).
 */
const endings = [
  "에서부터는",
  "으로부터는",
  "에서의",
  "으로써",
  "으로서",
  "으로부터",
  "에서부터",
  "에게서",
  "이라는",
  "이라고",
  "에서는",
  "에서도",
  "으로의",
  "으로는",
  "으로도",
  "까지의",
  "까지도",
  "부터의",
  "하면서",
  "하도록",
  "하려는",
  "하지만",
  "했는지",
  "하는지",
  "되는지",
  "에서",
  "에게",
  "한테",
  "께서",
  "으로",
  "부터",
  "까지",
  "처럼",
  "보다",
  "마다",
  "조차",
  "마저",
  "밖에",
  "이나",
  "이란",
  "라는",
  "라고",
  "이며",
  "이고",
  "이다",
  "하는",
  "하고",
  "하기",
  "해서",
  "하여",
  "했던",
  "하며",
  "한다",
  "되는",
  "된다",
  "되어",
  "시켜",
  "에는",
  "에도",
  "과의",
  "와의",
  "로의",
  "로서",
  "로써",
  "로는",
  "들이",
  "들을",
  "들의",
  "들은",
  "은",
  "는",
  "이",
  "가",
  "을",
  "를",
  "의",
  "에",
  "로",
  "와",
  "과",
  "도",
  "만",
  "나",
  "들",
  "한",
  "할",
  "된",
  "될",
].sort((one, other) => other.length - one.length);

/** Shortest stem that an ending may leave, in syllables: `나의` keeps its `나`, but `이` of `아이` stays. */
const shortestStem = 2;

/** The word without its particle, or the word itself. Only for runs of Hangul. */
export function stemOf(word: string): string {
  for (const ending of endings) {
    if (word.length - ending.length >= shortestStem && word.endsWith(ending)) {
      return word.slice(0, word.length - ending.length);
    }
  }
  return word;
}

/** Whether a text is nothing but an ending. */
export function isEnding(text: string): boolean {
  return known.has(text);
}

const known: ReadonlySet<string> = new Set(endings);
