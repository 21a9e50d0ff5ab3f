/** Recognises links to papers. */
import { fold } from "@nonmun/core/text/normalize";

/** New and old style arXiv ids, without a version. Source: arxiv.org/help/arxiv_identifier. */
const arxivNumber = /(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/u.source;

const arxivUrl = new RegExp(
  `(?:(?:arxiv|ar5iv|alphaxiv)\\.(?:org|labs\\.arxiv\\.org)/(?:abs|pdf|html|format|ps|overview|resources|src)/` +
    `|huggingface\\.co/papers/|hf\\.co/papers/|doi\\.org/10\\.48550/arxiv\\.|scirate\\.com/arxiv/)(?<id>${arxivNumber})`,
  "iu",
);
const arxivMention = new RegExp(`arxiv\\s?[:：]?\\s?(?<id>${arxivNumber})(?:v\\d+)?(?!\\d)`, "iu");

/** Where papers are published. A host stands for its subdomains too. */
const paperHosts = [
  "arxiv.org",
  "ar5iv.org",
  "alphaxiv.org",
  "openreview.net",
  "aclanthology.org",
  "aclweb.org",
  "doi.org",
  "biorxiv.org",
  "medrxiv.org",
  "chemrxiv.org",
  "thecvf.com",
  "neurips.cc",
  "nips.cc",
  "iclr.cc",
  "icml.cc",
  "mlr.press",
  "jmlr.org",
  "springer.com",
  "nature.com",
  "science.org",
  "pnas.org",
  "cell.com",
  "sciencedirect.com",
  "ieee.org",
  "acm.org",
  "aaai.org",
  "usenix.org",
  "isca-speech.org",
  "isca-archive.org",
  "peerj.com",
  "plos.org",
  "mdpi.com",
  "ssrn.com",
  "hal.science",
  "semanticscholar.org",
  "paperswithcode.com",
  "scirate.com",
  "ncbi.nlm.nih.gov",
  "dbpia.co.kr",
  "kci.go.kr",
] as const;

/** The arXiv id that a link names, without its version, or null. */
export function arxivIdOf(url: string): string | null {
  return normalizeArxiv(arxivUrl.exec(url)?.groups?.id);
}

/** The arXiv id that a text names as such (`arXiv:2510.24514v2`), or null. */
export function arxivIdIn(text: string): string | null {
  return normalizeArxiv(arxivMention.exec(text)?.groups?.id);
}

/** Whether a link leads to a paper: a known publisher, a Hugging Face paper page, or a PDF. */
export function isPaperUrl(url: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === null) return false;
  if (arxivIdOf(url) !== null) return true;
  if (/\.pdf$/iu.test(parsed.pathname)) return true;
  const host = parsed.hostname.toLowerCase();
  return (
    paperHosts.some((known) => host === known || host.endsWith(`.${known}`)) && parsed.pathname.length > 1
  );
}

/** Whether two links lead to one paper: the arXiv id decides, else the address without scheme, query noise and case. */
export function paperKey(url: string): string {
  const arxiv = arxivIdOf(url);
  if (arxiv !== null) return `arxiv:${arxiv}`;
  const parsed = parseUrl(url);
  if (parsed === null) return url;
  const doi = /^\/(?<doi>10\.\d{4,9}\/.+)$/u.exec(parsed.pathname)?.groups?.doi;
  if (parsed.hostname.endsWith("doi.org") && doi !== undefined) return `doi:${doi.toLowerCase()}`;
  const id = parsed.searchParams.get("id");
  const host = parsed.hostname.toLowerCase().replace(/^www\./u, "");
  const path = parsed.pathname.replace(/\/+$/u, "").replace(/\.pdf$/iu, "");
  // OpenReview's `forum?id=x` and `pdf?id=x` are one paper; `pdf/<hash>.pdf` says by its path which one it is.
  if (host === "openreview.net" && id !== null) return `${host}?id=${id}`;
  return `${host}${path}${id === null ? "" : `?id=${id}`}`;
}

export function isWebUrl(url: string): boolean {
  return parseUrl(url) !== null;
}

/** What the label of a link says about it: the paper, something beside it (code, demo), or a title of its own. */
export function labelKind(label: string): "paper" | "beside" | "own" {
  const words = fold(label)
    .replace(/[^\p{L}\p{N}. ]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  if (paperLabels.has(words)) return "paper";
  if (besideLabels.has(words)) return "beside";
  if (isWebUrl(label.trim()) || /^(?:arxiv ?)?\d{4}\.\d{4,5}(?:v\d+)?$/u.test(words)) return "paper";
  return "own";
}

const paperLabels = new Set(
  (
    "paper|papers|pdf|arxiv|arxiv.org|link|links|url|abs|abstract page|html|doi|openreview|acl anthology|" +
    "hugging face|huggingface|hf|hf papers|alphaxiv|original|original paper|paper link|link to paper|논문|원문|링크|" +
    "논문 링크|논문 원문|원문 링크|바로가기|출처|source"
  ).split("|"),
);
const besideLabels = new Set(
  (
    "code|github|git|repo|repository|project|project page|project website|website|homepage|page|demo|blog|blog post|" +
    "post|video|youtube|slides|slide|poster|dataset|data|model|models|weights|tweet|twitter|x|home|top|toc|코드|" +
    "깃허브|프로젝트|프로젝트 페이지|홈페이지|블로그|데모|영상|발표자료|데이터|모델|번역|목차"
  ).split("|"),
);

function parseUrl(url: string): URL | null {
  if (!/^https?:\/\//iu.test(url) || url.length > 4096) return null;
  return URL.canParse(url) ? new URL(url) : null;
}

function normalizeArxiv(id: string | undefined): string | null {
  if (id === undefined) return null;
  const month = /^\d{2}(?<month>\d{2})\./u.exec(id)?.groups?.month;
  return month !== undefined && (Number(month) < 1 || Number(month) > 12) ? null : id;
}
