/** Papers as BibTeX, for reference managers. The text stays UTF-8: biber, Zotero and JabRef read it as it is. */
import type { PaperCard } from "@nonmun/core/ports/index-store";

export type BibtexPaper = Pick<
  PaperCard,
  "id" | "title" | "subtitle" | "arxivId" | "url" | "orgs" | "tags" | "date" | "postTitle"
>;

/**
 * One `@misc` entry. Its key comes from the arXiv id, else from the paper's own id, so it does not change when other
 * papers do. Authors are not known to a review and are left out rather than guessed.
 */
export function toBibtex(paper: BibtexPaper): string {
  const fields: readonly (readonly [string, string | null])[] = [
    // Double braces keep styles from lower-casing names such as FunReason-MT.
    ["title", `{${escapeTex(fullTitle(paper))}}`],
    ["year", paper.arxivId === null ? null : arxivYear(paper.arxivId)],
    ["eprint", paper.arxivId],
    ["archivePrefix", paper.arxivId === null ? null : "arXiv"],
    ["url", paper.url === null ? null : escapeUrl(paper.url)],
    ["keywords", keywords(paper)],
    ["note", escapeTex(`Reviewed in "${paper.postTitle}"${paper.date === null ? "" : `, ${paper.date}`}`)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}},`]));
  return `@misc{${bibtexKey(paper)},\n${lines.join("\n")}\n}\n`;
}

/** Several papers as one file: an arXiv paper that was reviewed twice is one entry, that of the first given. */
export function toBibtexFile(papers: readonly BibtexPaper[]): string {
  const byKey = new Map<string, string>();
  for (const paper of papers) {
    const key = bibtexKey(paper);
    if (!byKey.has(key)) byKey.set(key, toBibtex(paper));
  }
  return [...byKey.values()].join("\n");
}

/** ASCII alone, since classic BibTeX reads nothing else in a key: other characters become their code points. */
export function bibtexKey(paper: Pick<PaperCard, "id" | "arxivId">): string {
  if (paper.arxivId !== null) return `arxiv:${paper.arxivId}`;
  return paper.id.replace(/[^A-Za-z0-9./_-]/gu, (char) => `u${char.codePointAt(0)?.toString(16) ?? ""}.`);
}

function fullTitle({ title, subtitle }: BibtexPaper): string {
  return subtitle === null ? title : `${title}: ${subtitle}`;
}

/** Year of submission: `2510.24514` is of October 2025; ids before April 2007 (`cs/9901001`) begin with theirs after the slash. */
function arxivYear(id: string): string | null {
  const digits = /(?:^|\/)(\d{2})(?:0[1-9]|1[0-2])/u.exec(id)?.[1];
  if (digits === undefined) return null;
  return `${Number(digits) >= 91 ? "19" : "20"}${digits}`;
}

function keywords({ orgs, tags }: BibtexPaper): string | null {
  const all = [...orgs, ...tags];
  return all.length === 0 ? null : escapeTex(all.join(", "));
}

const texSpecials: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ["~", "\\textasciitilde{}"],
  ["^", "\\textasciicircum{}"],
  ["{", "\\{"],
  ["}", "\\}"],
  ["#", "\\#"],
  ["$", "\\$"],
  ["%", "\\%"],
  ["&", "\\&"],
  ["_", "\\_"],
]);

/** Escaped braces still count for BibTeX's own brace matching, so unmatched ones are written by their names. */
function escapeTex(text: string): string {
  const flat = text.replace(/\s+/gu, " ").trim();
  const escaped = (char: string) => texSpecials.get(char) ?? char;
  if (bracesMatch(flat)) return flat.replace(/[\\~^{}#$%&_]/gu, escaped);
  return flat.replace(/[\\~^{}#$%&_]/gu, (char) =>
    char === "{" ? "\\textbraceleft " : char === "}" ? "\\textbraceright " : escaped(char),
  );
}

function bracesMatch(text: string): boolean {
  let open = 0;
  for (const char of text) {
    if (char === "{") open++;
    if (char === "}") open--;
    if (open < 0) return false;
  }
  return open === 0;
}

/** Braces would unbalance the field, a backslash begins a command: percent-encoding says the same. `\url` prints the rest. */
function escapeUrl(url: string): string {
  return url.replace(/[{}\\\s]/gu, encodeURIComponent);
}
