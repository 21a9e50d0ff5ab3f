/** Cuts a paper into chunks: by its sections and blocks first, then by the encoder's token budget. */
import type { Chunk } from "@nonmun/core/model/chunk";
import type { Block, Paper, Section } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import { isTemplateHeading } from "../markdown/template-headings.ts";
import { cutText } from "./cut-text.ts";
import { pieceSpan } from "./piece-span.ts";

/** Part of the index's recipe: grows whenever the same paper could be cut into other chunks. */
export const chunkerVersion = "2";

export interface TokenBudget {
  /** Tokens of a text alone, without prefix and special tokens. */
  countTokens(text: string): number;
  /** The encoder's limit, prefix and special tokens included. */
  readonly maxTokens: number;
}

/** Kept free for the model's prefix, special tokens, and tokens that appear where texts are joined. */
const reservedTokens = 32;
/** Longer chunks than this blur what they say, even for encoders that could take them. */
const targetTokens = 480;
/** A section of fewer tokens is packed with the one before it: alone it says too little to be found by. */
const smallSection = 32;
/** What is repeated where a block had to be cut. */
const overlapTokens = 40;

/**
 * Chunks in source order. Each belongs to one section, whose anchor it carries, and is as large as the budget allows: a
 * review that fits is one chunk, because retrieval measured best on whole reviews. Every word of every block is in some
 * chunk; a paper without text is one chunk, its title. Counts the tokens of each text about once.
 */
export function chunkPaper(paper: Paper, budget: TokenBudget): readonly Chunk[] {
  const limit = Math.max(32, Math.min(targetTokens, budget.maxTokens - reservedTokens));
  const title = paper.subtitle === null ? paper.title : `${paper.title}: ${paper.subtitle}`;
  const parts = packSmall(
    paper.sections.map((section, at) => partOf(section, at, paper, title, limit, budget)),
  );
  const chunks = parts.flatMap((part) => cutPart(part, limit));
  const [first] = paper.sections;
  if (chunks.length === 0) {
    const head = headOf([title], limit, budget);
    const heading = first?.heading ?? [paper.title];
    const empty = {
      lines: [...head.rest],
      span: first?.span ?? paper.span,
      heading,
      anchor: paper.anchor,
      head,
    };
    return [empty].map((chunk, ordinal) => made(chunk, ordinal, paper));
  }
  return chunks.map((chunk, ordinal) => made(chunk, ordinal, paper));
}

/** What stands before the text of a chunk in what is embedded, and what of it was too long to stand there. */
interface Head {
  readonly text: string;
  readonly tokens: number;
  readonly rest: readonly string[];
}

interface Line {
  readonly text: string;
  readonly span: Span;
  readonly tokens: number;
  /** Whether it stands elsewhere in the post than the lines around it: a footnote. */
  readonly beside: boolean;
}

/** A section, or several small ones, with the tokens of its lines. */
interface Part {
  readonly heading: readonly string[];
  readonly anchor: string;
  readonly head: Head;
  readonly lines: readonly Line[];
  readonly tokens: number;
  readonly name: Line;
  /** Tokens that may still be added. */
  readonly room: number;
}

interface Cut {
  readonly heading: readonly string[];
  readonly anchor: string;
  readonly head: Head;
  readonly lines: readonly string[];
  readonly span: Span;
}

function partOf(
  section: Section,
  at: number,
  paper: Paper,
  title: string,
  limit: number,
  budget: TokenBudget,
): Part {
  const below = section.heading.slice(1).filter((text) => !isTemplateHeading(text));
  const head = headOf([title, ...(below.length === 0 ? [] : [below.join(" > ")])], limit, budget);
  const own = section.heading.at(-1) ?? "";
  const next = paper.sections[at + 1];
  const hasChildren = next !== undefined && next.heading.length > section.heading.length;
  const blocks =
    section.blocks.length === 0 && at > 0 && !hasChildren && !isTemplateHeading(own)
      ? [named(own, section)]
      : section.blocks;
  const lines = [...head.rest.map((text) => named(text, section)), ...blocks].flatMap((block) =>
    linesOf(block, limit - head.tokens, budget),
  );
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
  const name = { text: own, span: section.span, tokens: budget.countTokens(own) + 1, beside: false };
  return {
    heading: section.heading,
    anchor: section.anchor,
    head,
    lines,
    tokens,
    name,
    room: limit - head.tokens - tokens,
  };
}

function named(text: string, section: Section): Block {
  return { kind: "paragraph", text, span: section.span };
}

/** A head may take a third of the budget; what is longer becomes text. */
function headOf(lines: readonly string[], limit: number, budget: TokenBudget): Head {
  const text = lines.join("\n");
  const most = Math.floor(limit / 3);
  const tokens = budget.countTokens(text) + 1;
  if (tokens <= most) return { text, tokens, rest: [] };
  const [short] = cutText(text, { limit: most - 1, overlap: 0, countTokens: budget.countTokens });
  const line = (short?.text ?? "").replace(/\s+/gu, " ").trim();
  return { text: line, tokens: budget.countTokens(line) + 1, rest: lines };
}

function linesOf(block: Block, room: number, { countTokens }: TokenBudget): readonly Line[] {
  const tokens = countTokens(block.text) + 1;
  const beside = block.kind === "footnote";
  if (tokens <= room) return [{ text: block.text, span: block.span, tokens, beside }];
  return cutText(block.text, {
    limit: room - 1,
    overlap: Math.min(overlapTokens, Math.floor(room / 4)),
    countTokens,
  }).map(({ text, range }) => ({
    text,
    span: pieceSpan(block, range),
    tokens: countTokens(text) + 1,
    beside,
  }));
}

/** Joins a small section to the one before it, its heading as a line of text, when both fit one chunk. */
function packSmall(parts: readonly Part[]): readonly Part[] {
  const packed: Part[] = [];
  for (const part of parts) {
    if (part.lines.length === 0) continue;
    const before = packed.at(-1);
    const added = part.tokens + part.name.tokens;
    if (before === undefined || part.tokens >= smallSection || added > before.room) {
      packed.push(part);
      continue;
    }
    const repeats = part.lines[0]?.text === part.name.text || isTemplateHeading(part.name.text);
    const lines = [...before.lines, ...(repeats ? [] : [part.name]), ...part.lines];
    packed[packed.length - 1] = {
      ...before,
      lines,
      tokens: before.tokens + added,
      room: before.room - added,
    };
  }
  return packed;
}

/** Fills chunks with the lines of a part, in order; a line is never cut here. */
function cutPart(part: Part, limit: number): readonly Cut[] {
  const cuts: Line[][] = [];
  let used = 0;
  for (const line of part.lines) {
    const current = cuts.at(-1);
    if (current === undefined || part.head.tokens + used + line.tokens > limit) {
      cuts.push([line]);
      used = line.tokens;
    } else {
      current.push(line);
      used += line.tokens;
    }
  }
  return cuts.map((lines) => ({
    heading: part.heading,
    anchor: part.anchor,
    head: part.head,
    lines: lines.map((line) => line.text),
    span: spanOfLines(lines, part.name),
  }));
}

/** From the first line to the last; a footnote, defined anywhere, counts only where there is nothing else. */
function spanOfLines(lines: readonly Line[], name: Line): Span {
  const inPlace = lines.filter((line) => !line.beside);
  const counted = inPlace.length > 0 ? inPlace : lines.slice(0, 1);
  const { start } = (counted[0] ?? name).span;
  const { end } = (counted.at(-1) ?? name).span;
  return end.offset < start.offset ? { start, end: start } : { start, end };
}

function made(cut: Cut, ordinal: number, paper: Paper): Chunk {
  const text = cut.lines.join("\n");
  const before = text === "" ? cut.head.text : `${cut.head.text}\n`;
  return {
    id: `${paper.id}#${ordinal}`,
    paperId: paper.id,
    postPath: paper.postPath,
    ordinal,
    heading: cut.heading,
    anchor: cut.anchor,
    text,
    textStart: before.length,
    embedded: before + text,
    span: cut.span,
  };
}
