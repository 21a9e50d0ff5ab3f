/** A model's tokenizer: pieces of a text with their ids and their exact places, without the model's weights. */
import { Tokenizer } from "@huggingface/tokenizers";
import { normalizeWithOffsets } from "./model-offsets.ts";
import { createPieceSearch, type PieceSearch } from "./model-pieces.ts";

/** Tokens of one text as the model takes them: special tokens and the prefix included. */
export interface Encoded {
  readonly ids: readonly number[];
  /** The tokens `[from, to)` of `ids` belong to the text; the others are the prefix and special tokens. */
  readonly from: number;
  readonly to: number;
  /** UTF-16 offsets into the text, start and end of each token of `[from, to)`. */
  readonly offsets: Uint32Array;
}

export interface ModelTokenizer {
  /** Number of tokens of `text` alone. */
  count(text: string): number;
  /** Encodes `prefix` and `text` as one, cut at `maxTokens`. */
  encode(prefix: string, text: string, maxTokens: number): Encoded;
  readonly padId: number;
}

/** What is used of the library: its own declarations don't resolve under Node's module rules. */
interface Library {
  readonly model: Vocabulary | null;
  readonly normalizer: ((text: string) => string) | null;
  readonly pre_tokenizer: ((text: string) => readonly string[]) | null;
  encode(
    text: string,
    options: { readonly add_special_tokens: boolean },
  ): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

interface Vocabulary {
  readonly vocab: readonly string[];
  readonly tokens_to_ids: ReadonlyMap<string, number>;
  readonly unk_token_id?: number;
  readonly fuse_unk: boolean;
  encode(words: readonly string[]): readonly string[];
  /** Only a Unigram model has one. */
  trie?: PieceSearch;
}

interface Piece {
  readonly id: number;
  /** Offsets inside the word. */
  readonly start: number;
  readonly end: number;
}

/** A word of the normalised text and where it begins there; `start` may lie one before, for an added blank. */
interface Word {
  readonly text: string;
  readonly start: number;
}

/** Token ids of a text and two offsets for each, its start and end. */
interface Tokens {
  readonly ids: readonly number[];
  readonly spans: readonly number[];
}

/** Ids of the special tokens that the model wants around a text. */
interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** SentencePiece's sign for a blank. */
const blank = "▁";
/** Longer words are cut before the model sees them: its lattice grows with the word, and no real word is as long. */
const longestWord = 512;
/** Words whose pieces are remembered; Korean notes of a thousand papers hold about 30,000. */
const rememberedWords = 60_000;
/** Code units read for each token allowed, to begin with. Tokens of real text hold 2 to 4. */
const unitsPerToken = 16;

/** @param tokenizerJson content of `tokenizer.json`; @param config content of `tokenizer_config.json`. */
export function createModelTokenizer(tokenizerJson: object, config: object): ModelTokenizer {
  const tokenizer: Library = new Tokenizer(tokenizerJson, config);
  const vocabulary = vocabularyOf(tokenizer);
  if (vocabulary.trie !== undefined) vocabulary.trie = createPieceSearch(vocabulary.vocab);
  // The library hands whole texts to the model; where no piece reaches over a blank, words are the same and remembered.
  const splitsAtBlanks = vocabulary.vocab.every((piece) => piece.lastIndexOf(blank) <= 0);
  const remembered = new Map<string, readonly Piece[]>();
  const frame = specialFrame(tokenizer);

  const normalize = (text: string): string => tokenizer.normalizer?.(text) ?? text;

  function piecesOf(word: string): readonly Piece[] {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const pieces = locate(word, vocabulary.encode([word]), vocabulary);
    if (word.length <= 64) {
      if (remembered.size >= rememberedWords) remembered.clear();
      remembered.set(word, pieces);
    }
    return pieces;
  }

  function words(normalized: string): readonly Word[] {
    const pretokens = normalized === "" ? [] : (tokenizer.pre_tokenizer?.(normalized) ?? [normalized]);
    const split = splitsAtBlanks ? pretokens.flatMap((token) => token.split(/(?=▁)/u)) : pretokens;
    const short = split.every((word) => word.length <= longestWord) ? split : split.flatMap(cutLongWord);
    return placeWords(normalized.replaceAll(blank, " "), short);
  }

  function count(text: string): number {
    if (isBlank(text)) return 0;
    let total = 0;
    for (const word of words(normalize(text))) total += piecesOf(word.text).length;
    return total;
  }

  function encode(prefix: string, text: string, maxTokens: number): Encoded {
    const room = maxTokens - frame.before.length - frame.after.length;
    let read = Math.min(text.length, Math.max(1024, room * unitsPerToken));
    for (;;) {
      const end = wholeCharacterEnd(text, read);
      const tokens = tokensOf(prefix + text.slice(0, end));
      if (end >= text.length || tokens.ids.length > room)
        return finish(prefix, text.slice(0, end), tokens, room, frame);
      read *= 4;
    }
  }

  function tokensOf(joined: string): Tokens {
    const normalized = normalizeWithOffsets(joined, normalize);
    const ids: number[] = [];
    const spans: number[] = [];
    for (const word of words(normalized.text)) {
      for (const piece of piecesOf(word.text)) {
        let first = Math.max(0, word.start + piece.start);
        const last = Math.min(normalized.text.length, word.start + piece.end) - 1;
        while (first < last && normalized.text[first] === " ") first++;
        ids.push(piece.id);
        const start = normalized.starts[first] ?? joined.length;
        spans.push(start, last < first ? start : (normalized.ends[last] ?? joined.length));
      }
    }
    return { ids, spans };
  }

  const padToken = readPadToken(config);
  return { count, encode, padId: (padToken === null ? undefined : tokenizer.token_to_id(padToken)) ?? 0 };
}

/** Cuts at the limit, tells the prefix's tokens from the text's and moves offsets from the whole to the text. */
function finish(prefix: string, text: string, tokens: Tokens, room: number, frame: Frame): Encoded {
  const kept = Math.min(tokens.ids.length, Math.max(0, room));
  // The prefix's closing blank belongs to the text's first word, so only tokens that begin before it are the prefix's.
  const prefixEnd = prefix.trimEnd().length;
  let own = isBlank(text) ? kept : 0;
  while (own < kept && (tokens.spans[2 * own] ?? 0) < prefixEnd) own++;
  const offsets = new Uint32Array(2 * (kept - own));
  for (let i = 0; i < offsets.length; i++) {
    const offset = (tokens.spans[2 * own + i] ?? 0) - prefix.length;
    offsets[i] = Math.min(text.length, Math.max(0, offset));
  }
  const ids = [...frame.before, ...tokens.ids.slice(0, kept), ...frame.after];
  return { ids, from: frame.before.length + own, to: frame.before.length + kept, offsets };
}

function isBlank(text: string): boolean {
  return !/\S/u.test(text);
}

function vocabularyOf({ model }: Library): Vocabulary {
  if (model === null) throw new Error("tokenizer.json holds no model.");
  return model;
}

function specialFrame(tokenizer: Library): Frame {
  const bare = tokenizer.encode("a", { add_special_tokens: false }).ids;
  const framed = tokenizer.encode("a", { add_special_tokens: true }).ids;
  const extra = framed.length - bare.length;
  const start = Array.from({ length: extra + 1 }, (_, i) => i).find((i) =>
    bare.every((id, j) => framed[i + j] === id),
  );
  const at = start ?? 0;
  return { before: framed.slice(0, at), after: framed.slice(at + bare.length) };
}

/** Finds where the pieces of a word stand in it, and joins neighbouring unknown ones where the model does. */
function locate(word: string, surfaces: readonly string[], vocabulary: Vocabulary): readonly Piece[] {
  const { tokens_to_ids: ids, unk_token_id: unknown = 0, fuse_unk: fuse } = vocabulary;
  const bare = surfaces.map((surface, i) => (i > 0 && surface.startsWith("##") ? surface.slice(2) : surface));
  // A piece that is not written as the word is (`[UNK]`, bytes) stands for the word as a whole.
  const spelled = bare.join("") === word;
  const found: Piece[] = [];
  let at = 0;
  for (const [i, surface] of surfaces.entries()) {
    const id = ids.get(surface) ?? unknown;
    const start = spelled ? at : 0;
    at += bare[i]?.length ?? 0;
    const end = spelled ? at : word.length;
    const previous = found.at(-1);
    if (fuse && id === unknown && previous?.id === unknown) found[found.length - 1] = { ...previous, end };
    else found.push({ id, start, end });
  }
  return found;
}

/** Finds the words, in order, in the text that they were cut from, where blanks may have been added or dropped. */
function placeWords(text: string, words: readonly string[]): readonly Word[] {
  let at = 0;
  return words.map((word) => {
    const plain = word.replaceAll(blank, " ");
    if (text.startsWith(plain, at)) {
      const start = at;
      at += plain.length;
      return { text: word, start };
    }
    if (plain.startsWith(" ") && text.startsWith(plain.slice(1), at)) {
      const start = at - 1;
      at += plain.length - 1;
      return { text: word, start };
    }
    const found = text.indexOf(plain, at);
    const start = found < 0 ? at : found;
    at = Math.min(text.length, start + (found < 0 ? 0 : plain.length));
    return { text: word, start };
  });
}

function cutLongWord(word: string): readonly string[] {
  if (word.length <= longestWord) return [word];
  const parts: string[] = [];
  for (let at = 0; at < word.length; ) {
    const end = wholeCharacterEnd(word, Math.min(word.length, at + longestWord));
    parts.push(word.slice(at, end));
    at = end;
  }
  return parts;
}

/** `at`, or the place before it when `at` would cut a surrogate pair. */
function wholeCharacterEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

function readPadToken(config: object): string | null {
  if (!("pad_token" in config)) return null;
  const token: unknown = config.pad_token;
  if (typeof token === "string") return token;
  if (
    typeof token === "object" &&
    token !== null &&
    "content" in token &&
    typeof token.content === "string"
  ) {
    return token.content;
  }
  return null;
}
