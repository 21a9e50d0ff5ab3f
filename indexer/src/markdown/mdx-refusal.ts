/** Says in an author's words why a block is not MDX, and what to write. */
import { isProseTag, voidElements } from "../render/author-elements.ts";
import type { Report } from "./diagnostic-codes.ts";
import type { Dialect } from "./parse-post.ts";
import type { Refusal } from "./pieces.ts";
import type { LineIndex } from "./place.ts";

/**
 * One report for each kind of slip in a post, at its first place, naming the lines of the others: an author mends them all in one
 * go. MDX's own sentences speak of code points and acorn; they are given only where nothing better is known.
 */
export function explainRefusals(
  refusals: readonly Refusal[],
  dialect: Dialect,
  lines: LineIndex,
): readonly Report[] {
  const explained = withoutPairs(refusals.map((refusal) => ({ refusal, ...explain(refusal, lines.text) })));
  return [...Map.groupBy(explained, ({ kind }) => kind).values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    return [
      {
        code: "not-mdx" as const,
        severity: dialect === "mdx" ? ("warning" as const) : ("info" as const),
        span: lines.span(first.refusal.offset, first.refusal.offset),
        message: `Not MDX, so the block was read as Markdown with HTML: ${first.what}${alsoAt(others, lines)}.`,
        advice: first.advice,
      },
    ];
  });
}

/** Tags that open in one block and close in another are right: they were torn apart because of another slip between them. */
function withoutPairs<Each extends Explained>(explained: readonly Each[]): readonly Each[] {
  const kinds = new Set(explained.map(({ kind }) => kind));
  const others = explained.filter(({ kind }) => {
    const [side, name] = kind.split(" ");
    return (
      !(side === "open" && kinds.has(`close ${name}`)) && !(side === "close" && kinds.has(`open ${name}`))
    );
  });
  return others.length > 0 ? others : explained;
}

interface Explained {
  /** Slips of one kind are mended in one way. */
  readonly kind: string;
  /** As the end of a sentence. */
  readonly what: string;
  readonly advice: string;
}

function explain({ offset, reason }: Refusal, text: string): Explained {
  const opened = text.lastIndexOf("<", offset);
  const address =
    opened === -1
      ? null
      : /^<((?:https?|ftp|mailto):[^\s<>]{1,2000}|[^\s<>@]{1,64}@[^\s<>]{1,255})>/u.exec(
          text.slice(opened, opened + 2100),
        );
  if (address !== null && opened + address[0].length > offset) {
    return {
      kind: "address",
      what: "an address in `<` and `>` is taken for a tag",
      advice: "Write the address alone, without the signs.",
    };
  }
  const here = text.slice(offset, offset + 80);
  const before = text.slice(Math.max(0, offset - 80), offset);
  if (/closing slash/u.test(reason))
    return closesNothing(/^\/?(?<name>[\p{L}\p{N}.-]+)/u.exec(here)?.groups?.name ?? "");
  const unclosed = /closing tag for `<(?<name>[^`>]*)>`/u.exec(reason)?.groups?.name;
  if (unclosed !== undefined) return neverClosed(unclosed);
  if (/before attribute value/u.test(reason)) {
    const name = /(?<name>[\p{L}\p{N}_-]+)\s*=\s*$/u.exec(before)?.groups?.name ?? "width";
    const value = /^[^\s/>"']+/u.exec(here)?.[0] ?? "80%";
    return {
      kind: "quotes",
      what: `the value of \`${name}=${value}\` has no quotes`,
      advice: `Write \`${name}="${value}"\`.`,
    };
  }
  if (/before name|start of a tag|before local name|in name/u.test(reason)) {
    const opening = `<${/<(?<rest>[^\s<]{0,8})$/u.exec(before)?.groups?.rest ?? ""}${/^\S{0,8}/u.exec(here)?.[0] ?? ""}`;
    return {
      kind: "less-than",
      what: `\`${opening}\` opens a tag there`,
      advice: "Write `\\<` for the sign itself, or put it into backticks.",
    };
  }
  if (/acorn|expression|Unexpected end of file in|lazy/u.test(reason)) {
    return {
      kind: "brace",
      what: "what stands in `{` and `}` is code there, and this is none",
      advice: "Write `\\{` and `\\}` for the signs themselves, or put them into backticks or `$…$`.",
    };
  }
  return {
    kind: reason,
    what: reason.replace(/[.\s]+$/u, ""),
    advice: "Write `\\<` and `\\{` for the plain characters, put code into backticks, and close every tag.",
  };
}

function closesNothing(name: string): Explained {
  const advice = voidElements.has(name)
    ? `Write \`<${name} />\`.`
    : "Open it in the same block, or take it out.";
  return { kind: `close ${name}`, what: `\`</${name}>\` closes nothing that is open`, advice };
}

function neverClosed(name: string): Explained {
  if (voidElements.has(name))
    return { kind: `open ${name}`, what: `\`<${name}>\` is not closed`, advice: `Write \`<${name} … />\`.` };
  const prose = isProseTag(name);
  return {
    kind: prose ? "prose tag" : `open ${name}`,
    what: prose ? `\`<${name}>\` is taken for a tag` : `\`<${name}>\` is not closed in its block`,
    advice: prose
      ? `Write \`\\<${name}>\`, or put it into backticks.`
      : `Close it with \`</${name}>\`, or take it out.`,
  };
}

/** Lines that are named; more are counted. */
const linesNamed = 8;

function alsoAt(others: readonly { readonly refusal: Refusal }[], lines: LineIndex): string {
  if (others.length === 0) return "";
  const numbers = [...new Set(others.map(({ refusal }) => lines.place(refusal.offset).line))];
  const more = numbers.length - linesNamed;
  return ` (also in line ${numbers.slice(0, linesNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}
