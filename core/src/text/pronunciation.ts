/** How a word sounds, roughly, in Hangul and in Latin letters, so that 모던버트 finds ModernBERT and 라마 finds LLaMA. */

/**
 * Sounds as one letter each. Consonants fall into the classes that the loan-word spelling rules (외래어 표기법) keep apart:
 * `K T P S J R M N H`, and `G` for the closing ㅇ. Vowels are `a e i o u`; the filling vowel 으 is left out.
 */
export type Sounds = string;

const initialSounds = "K,K,N,T,T,R,M,P,P,S,S,,J,J,J,K,T,P,H".split(",");
const vowelSounds = "a,e,ia,ie,o,e,io,e,o,oa,oe,oe,io,u,uo,ue,ui,iu,,i,i".split(",");
const finalSounds = ",K,K,K,N,N,N,T,R,R,R,R,R,R,R,R,M,P,P,S,S,G,J,J,K,T,P,H".split(",");
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** Names of the Latin letters as Koreans spell them out: 엘엘엠, 지피티. */
const letterNames: readonly (readonly [name: string, letter: string])[] =
  "더블유 w,에이치 h,에이 a,에프 f,에스 s,아이 i,제이 j,케이 k,브이 v,엑스 x,와이 y,제트 z,비 b,씨 c,시 c,디 d,이 e,지 g,엘 l,엠 m,엔 n,오 o,피 p,큐 q,알 r,티 t,유 u"
    .split(",")
    .map((pair) => [pair.split(" ")[0] ?? "", pair.split(" ")[1] ?? ""]);

export function soundsOfHangul(word: string): Sounds {
  let sounds = "";
  for (const letter of word.normalize("NFC")) {
    const code = (letter.codePointAt(0) ?? 0) - firstSyllable;
    if (code < 0 || code > lastSyllable - firstSyllable) continue;
    sounds += initialSounds[Math.floor(code / 588)] ?? "";
    sounds += vowelSounds[Math.floor((code % 588) / 28)] ?? "";
    sounds += finalSounds[code % 28] ?? "";
  }
  return collapse(sounds);
}

/** Rewritten in this order; what English leaves silent goes first. */
const latinRules: readonly (readonly [pattern: RegExp, sounds: string])[] = [
  [/tion|sion/gu, "SeN"],
  [/ph/gu, "P"],
  [/sh|sch/gu, "S"],
  [/tch|ch/gu, "J"],
  [/th/gu, "S"],
  [/gh(?=t|$)/gu, ""],
  [/ck|qu?/gu, "K"],
  [/c(?=[eiy])/gu, "S"],
  [/ge$|dge|^g(?=e[mno]|ia|y)/gu, "J"],
  [/ng(?=$|[^aeiouy])|n(?=[kgc])/gu, "G"],
  [/x/gu, "KS"],
  [/(?<=[^aeiouy])e$/gu, ""],
  [/(?<=[aeiouy])r(?=$|[^aeiouyr])/gu, ""],
  [/oo|ou/gu, "u"],
  [/ee|ea|ie/gu, "i"],
  [/ai|ay|ey/gu, "ei"],
  [/[kcg]/gu, "K"],
  [/[td]/gu, "T"],
  [/[pbfv]/gu, "P"],
  [/s/gu, "S"],
  [/[zj]/gu, "J"],
  [/[lr]/gu, "R"],
  [/m/gu, "M"],
  [/n/gu, "N"],
  [/h/gu, "H"],
  [/y/gu, "i"],
  [/w/gu, "u"],
];

export function soundsOfLatin(word: string): Sounds {
  let sounds = word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/gu, "");
  for (const [pattern, replacement] of latinRules) sounds = sounds.replace(pattern, replacement);
  return collapse(sounds);
}

/** The Latin letters that a Hangul word spells out by their names, or null. At least two letters. */
export function spelledOut(word: string): string | null {
  let rest = word;
  let letters = "";
  while (rest !== "") {
    const found = letterNames.find(([name]) => rest.startsWith(name));
    if (found === undefined) return null;
    letters += found[1];
    rest = rest.slice(found[0].length);
  }
  return letters.length >= 2 ? letters : null;
}

/**
 * Likeness of two sounds, 0 to 1: one less the weighted edit distance over the longer one's weight. A consonant weighs 1, a vowel
 * 0.35; consonants that loan words confuse (S and J, N and G, …) cost 0.4.
 */
export function soundLikeness(one: Sounds, other: Sounds): number {
  const full = Math.max(soundWeight(one), soundWeight(other));
  if (full === 0) return 0;
  let previous = [0];
  for (const sound of other) previous.push((previous.at(-1) ?? 0) + weight(sound));
  for (const left of one) {
    const current = [(previous[0] ?? 0) + weight(left)];
    let column = 1;
    for (const right of other) {
      current.push(
        Math.min(
          (previous[column] ?? 0) + weight(left),
          (current[column - 1] ?? 0) + weight(right),
          (previous[column - 1] ?? 0) + exchange(left, right),
        ),
      );
      column += 1;
    }
    previous = current;
  }
  return Math.max(0, 1 - (previous.at(-1) ?? full) / full);
}

/** Number of consonants: how much a likeness of these sounds is worth. */
export function consonants(sounds: Sounds): number {
  return sounds.replace(/[aeiou]/gu, "").length;
}

const vowels = "aeiou";
const confused: ReadonlySet<string> = new Set(["JS", "JK", "GN", "JT", "ST"]);

function weight(sound: string): number {
  return vowels.includes(sound) ? 0.35 : sound === "H" ? 0.5 : 1;
}

/** Weight of all sounds together: two words whose weights differ by a share of the larger can't be liker than the rest. */
export function soundWeight(sounds: Sounds): number {
  let sum = 0;
  for (const sound of sounds) sum += weight(sound);
  return sum;
}

function exchange(one: string, other: string): number {
  if (one === other) return 0;
  if (confused.has(one < other ? one + other : other + one)) return 0.4;
  return vowels.includes(one) && vowels.includes(other) ? 0.2 : Math.max(weight(one), weight(other));
}

/** Doubled sounds are heard once: 클로드 is written with two ㄹ. */
function collapse(sounds: string): Sounds {
  return sounds.replace(/(.)\1+/gu, "$1");
}
