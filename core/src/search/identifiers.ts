/** What names one paper by itself: arXiv ids, DOIs and addresses, in whatever form they are pasted. */

/** arXiv's own form since 2007: `YYMM.NNNNN`, with the version left out. */
const modernId = /(?<![\p{L}\p{N}.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?![\p{L}\p{N}])(?!\.\d)/giu;
/** The form before 2007: `archive.XX/YYMMNNN`. */
const oldId = /(?<![\p{L}\p{N}./])([a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?![\p{L}\p{N}])/giu;
const arxivDoi = /^10\.48550\/arxiv\.(.+)$/iu;
/** As Crossref advises to match DOIs; closing punctuation of a sentence is not part of one. */
const doi = /(?<![\p{L}\p{N}])(10\.\d{4,9}\/[^\s"<>]*[^\s"<>.,;:)\]}])/giu;
/** With a scheme, or a host name with a path; `cs.CL/0703001` is an old arXiv id. */
const address =
  /(?:https?:\/\/|www\.)[^\s"<>]+|(?<![\p{L}\p{N}.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}\/(?!\d{7})[^\s"<>]+/giu;

export interface Identifiers {
  /** Without version, in lower case. */
  readonly arxivIds: readonly string[];
  /** In lower case. */
  readonly dois: readonly string[];
  /** As compared: see `comparableUrl`. */
  readonly urls: readonly string[];
  /** What is left of the text without them. */
  readonly rest: string;
}

export function findIdentifiers(text: string): Identifiers {
  const plain = text.normalize("NFKC");
  const arxivIds = new Set<string>();
  const dois = new Set<string>();
  const urls = new Set<string>();
  let rest = plain.replace(address, (found) => {
    const url = found.replace(/[.,;:)\]}]+$/u, "");
    urls.add(comparableUrl(url));
    for (const id of idsIn(url)) arxivIds.add(id);
    for (const [found] of url.matchAll(doi)) addDoi(found, arxivIds, dois);
    return " ";
  });
  rest = rest.replace(/(?:doi\s*:\s*)?/iu, "").replace(doi, (found) => {
    addDoi(found, arxivIds, dois);
    return " ";
  });
  rest = rest.replace(/arxiv\s*:\s*(?=\d|[a-z-]+\/)/giu, " ");
  for (const id of idsIn(rest)) arxivIds.add(id);
  rest = rest.replace(modernId, " ").replace(oldId, " ");
  return { arxivIds: [...arxivIds], dois: [...dois], urls: [...urls], rest: rest.trim() };
}

/** Address without scheme, `www.`, fragment and closing slash, in lower case: the same page written in another way. */
export function comparableUrl(url: string): string {
  return url
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, "")
    .replace(/^www\./u, "")
    .replace(/#.*$/u, "")
    .replace(/\/+$/u, "");
}

/** arXiv's own DOIs name an arXiv id. */
function addDoi(found: string, arxivIds: Set<string>, dois: Set<string>): void {
  const arxiv = arxivDoi.exec(found)?.[1];
  if (arxiv === undefined) dois.add(found.toLowerCase());
  else arxivIds.add(arxiv.toLowerCase().replace(/v\d+$/u, ""));
}

function idsIn(text: string): readonly string[] {
  const found = [...text.matchAll(modernId), ...text.matchAll(oldId)];
  return found.map((match) => (match[1] ?? "").toLowerCase());
}
