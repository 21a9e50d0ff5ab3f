/** Reads the line that names a paper: number, title, links and badges, in a heading or in a table cell. */
import type { Heading, PhrasingContent } from "mdast";
import { lineText, oneLine, printable } from "./inline-text.ts";
import { arxivIdIn, arxivIdOf, isPaperUrl, isWebUrl, labelKind } from "./links.ts";

export interface TitleLine {
  /** Plain text without number, badges and links that are only called `PDF` or `논문`; may be empty. */
  readonly title: string;
  /** The link to the paper, as written, or null. */
  readonly url: string | null;
  readonly arxivId: string | null;
  /** Texts of the badges, as `orgName` gives them, in order, each once. */
  readonly badges: readonly string[];
  readonly numbered: boolean;
  /** Whether the line is the link (or a plain title), a number and badges, and nothing else. */
  readonly bare: boolean;
  /** Every arXiv id that the line names, by link or as text. */
  readonly arxivIds: readonly string[];
}

/** Definitions of the post by identifier, for `[title][ref]`. */
export type LinkTargets = ReadonlyMap<string, string>;

/** Reads headings, each once however often it is asked for. */
export function titleLines(targets: LinkTargets): (heading: Heading) => TitleLine {
  const known = new Map<Heading, TitleLine>();
  return (heading) => {
    const line = known.get(heading) ?? readTitleLine(heading.children, targets);
    known.set(heading, line);
    return line;
  };
}

export function readTitleLine(nodes: readonly PhrasingContent[], targets: LinkTargets): TitleLine {
  const parts = nodes.flatMap((node) => partsOf(node, targets));
  const badges = badgeParts(parts);
  const links = parts.filter((part) => part.kind === "link");
  const chosen = chooseLink(links);
  const shown = parts.filter((part) => !badges.has(part));
  const raw = shown
    .map((part) => (part.kind === "link" && part.label !== "own" ? dropped : part.text))
    .join("");
  const { title, numbered } = cleanTitle(raw);
  const outside = cleanTitle(shown.map((part) => (part.kind === "link" ? "" : part.text)).join("")).title;
  const mentioned = [...links.map((link) => arxivIdOf(link.url)), arxivIdIn(lineText(nodes)), idLabel(links)];
  const arxivIds = [...new Set(mentioned.filter((id) => id !== null))];
  return {
    title,
    url: chosen?.url ?? null,
    arxivId: (chosen === null ? null : arxivIdOf(chosen.url)) ?? arxivIds[0] ?? null,
    badges: [...new Set([...badges].flatMap((part) => splitBadge(part.text)))],
    numbered,
    bare: !/[\p{L}\p{N}]/u.test(outside) || links.length === 0,
    arxivIds,
  };
}

interface Part {
  readonly kind: "text" | "code" | "link";
  readonly text: string;
  readonly url: string;
  readonly label: "paper" | "beside" | "own";
}

/** Stands for a link whose label is no part of the title. */
const dropped = "\uFFFC";

function partsOf(node: PhrasingContent, targets: LinkTargets): readonly Part[] {
  const plain = { url: "", label: "own" } as const;
  switch (node.type) {
    case "inlineCode":
      return [{ ...plain, kind: "code", text: node.value }];
    case "link":
    case "linkReference": {
      const url = printable(node.type === "link" ? node.url : (targets.get(node.identifier) ?? ""));
      const text = lineText(node.children);
      if (!isWebUrl(url)) return [{ ...plain, kind: "text", text }];
      return [{ kind: "link", text, url, label: text === "" ? "beside" : labelKind(text) }];
    }
    case "strong":
    case "emphasis":
    case "delete":
      return node.children.flatMap((child) => partsOf(child, targets));
    default:
      return [{ ...plain, kind: "text", text: node.type === "text" ? node.value : ` ${lineText([node])} ` }];
  }
}

/**
 * Code spans behind the title are badges, and so are those around a title that is a link; code inside a plain title
 * (`## Using "torch.compile" well`) is part of it.
 */
function badgeParts(parts: readonly Part[]): ReadonlySet<Part> {
  const titled = parts.some((part) => part.kind === "link" && part.label === "own");
  const words = (part: Part): boolean => part.kind !== "code" && /[\p{L}\p{N}]/u.test(part.text);
  const lastWord = parts.findLastIndex((part) => words(part));
  const plainBefore = parts.some((part) => part.kind === "text" && /\p{L}/u.test(part.text));
  return new Set(
    parts.filter((part, at) => part.kind === "code" && ((titled && !plainBefore) || at > lastWord)),
  );
}

function splitBadge(text: string): readonly string[] {
  return text
    .split(/[,;·]/u)
    .map(orgName)
    .filter((org) => org !== "");
}

/** A badge as it is kept: lower case, NFC, single blanks. */
export function orgName(text: string): string {
  return oneLine(text).toLowerCase();
}

/** The best link of a line: to a publisher before any other, never to code or a demo when there is a better one. */
function chooseLink(links: readonly Part[]): Part | null {
  const ranked = [
    (link: Part) => arxivIdOf(link.url) !== null && link.label !== "beside",
    (link: Part) => isPaperUrl(link.url) && link.label !== "beside",
    (link: Part) => link.label === "own",
    (link: Part) => link.label === "paper",
  ];
  for (const fits of ranked) {
    const found = links.find(fits);
    if (found !== undefined) return found;
  }
  return null;
}

function idLabel(links: readonly Part[]): string | null {
  const label = links.map((link) => /^\s*(?<id>\d{4}\.\d{4,5})(?:v\d+)?\s*$/u.exec(link.text)?.groups?.id);
  return label.find((id) => id !== undefined) ?? null;
}

/** `1. `, `1) `, `#3 `, `2-1. `, `[4] `, `①`. */
const number = /^\s*(?:#?\d{1,3}(?:-\d{1,3})?\s?[.)]|#\d{1,3}|\[\d{1,3}\]|[①-⑳])(?=\s|[\p{L}\uFFFC]|$)\s*/u;

function cleanTitle(raw: string): { readonly title: string; readonly numbered: boolean } {
  const numbered = number.test(raw);
  const title = raw
    .replace(number, "")
    .replace(/[([{（【][^()[\]{}（）【】]*\uFFFC[^()[\]{}（）【】]*[)\]}）】]/gu, " ")
    .replace(/[([（]\s?arxiv\s?[:：]?\s?\d{4}\.\d{4,5}(?:v\d+)?\s?[)\]）]/giu, " ")
    .replace(/(?:\s*[|,/·:\-–—→]*\s*\uFFFC)+/gu, " ");
  return {
    title: oneLine(title)
      .replace(/\s*[|·:,;/\-–—]+$/u, "")
      .trim(),
    numbered,
  };
}
