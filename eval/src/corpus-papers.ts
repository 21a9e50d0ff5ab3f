/** Which paper of the judgements a result is: its arXiv id, or the corpus's own `x-…` id. */
import type { SearchResult } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";

/** @returns the id that judgements use, or null for a result that no judgement can name. */
export type PaperNaming = (result: SearchResult) => string | null;

/** Names by arXiv id alone, for corpora whose papers all have one. */
export const byArxivId: PaperNaming = ({ paper }) => paper.arxivId;

/**
 * Names papers without an arXiv id by a corpus's `papers.jsonl`, whose lines give `id`, `path` and, where the paper has
 * a section of its own, its address `url` and its anchor `section`.
 *
 * @throws Failure `bad-parameter` that names the line.
 */
export function readPaperNaming(text: string, name: string): PaperNaming {
  const ids = new Map<string, string>();
  for (const [i, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() !== "") addLine(ids, line, `${name}, line ${i + 1}`);
  }
  return (result) => {
    const { paper, sections } = result;
    if (paper.arxivId !== null) return paper.arxivId;
    const marks = [paper.url, ...sections.map(({ anchor }) => anchor)];
    const found = marks.map((mark) => (mark === null ? undefined : ids.get(key(paper.post.path, mark))));
    return found.find((id) => id !== undefined) ?? null;
  };
}

function addLine(ids: Map<string, string>, line: string, place: string): void {
  const entry = parseLine(line);
  if (entry === null || typeof entry.id !== "string" || typeof entry.path !== "string") {
    throw new Failure("bad-parameter", `${place} is no paper.`, {
      advice:
        'Each line is an object with "id" and "path", and "url" or "section" for papers that are not on arXiv.',
      subject: place,
    });
  }
  for (const mark of [entry.url, entry.section]) {
    if (typeof mark === "string") ids.set(key(entry.path, mark), entry.id);
  }
}

function parseLine(line: string): Readonly<Record<"id" | "path" | "url" | "section", unknown>> | null {
  try {
    return JSON.parse(line);
  } catch {
    // The caller names the place.
    return null;
  }
}

function key(path: string, mark: string): string {
  return `${path.normalize("NFC")}\n${mark.normalize("NFC")}`;
}
