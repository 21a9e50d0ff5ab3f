/** The published site's own sentences, in both languages. */
import type { Trouble } from "./messages.ts";

export interface Words {
  found(papers: number): string;
  readonly results: string;
  /** Nothing was found at all. */
  readonly none: string;
  /** Something was found, but hardly what was meant. */
  readonly weak: string;
  readonly byWords: string;
  readonly searching: string;
  readonly meant: string;
  readonly suggestions: string;
  /** Filters of the search that is shown, each of which can be removed. */
  readonly filters: string;
  remove(filter: string): string;
  readonly orgs: string;
  readonly more: string;
  noPhrase(phrases: string): string;
  noDate(words: string): string;
  /** @param detail in the browser's own words, for whoever is told of it */
  failed(trouble: Trouble, detail: string): string;
}

export function wordsFor(locale: string): Words {
  return locale === "en" ? en : ko;
}

const koTroubles: Readonly<Record<Trouble, string>> = {
  unreachable: "검색에 필요한 파일을 받지 못했습니다. 연결을 확인하고 다시 검색해 보세요.",
  damaged:
    "검색에 필요한 파일을 읽을 수 없습니다. 다시 검색해 보고, 그래도 같으면 사이트를 만든 사람에게 알려 주세요.",
  broken: "검색하다가 오류가 났습니다. 다른 말로 다시 검색해 보세요.",
};

const ko: Words = {
  found: (papers) => `논문 ${papers}편.`,
  results: "검색 결과",
  none: "맞는 리뷰가 없습니다. 다른 낱말이나 다른 언어로 찾아보세요.",
  weak: "꼭 맞는 것은 없고, 가장 가까운 것들입니다.",
  byWords: "이 사이트에는 서버가 없어 뜻이 아니라 낱말로 찾습니다.",
  searching: "찾는 중입니다 …",
  meant: "혹시: ",
  suggestions: "제안",
  filters: "필터",
  remove: (filter) => `필터 해제: ${filter}`,
  orgs: "기관",
  more: "더 보기",
  noPhrase: (phrases) => `“${phrases}”가 그대로 있는 논문은 없습니다.`,
  noDate: (words) => `“${words}”는 날짜가 아니어서 글자로 찾았습니다.`,
  failed: (trouble, detail) => `${koTroubles[trouble]} (${detail})`,
};

const enTroubles: Readonly<Record<Trouble, string>> = {
  unreachable: "The file that the search needs did not come. Check the connection, and search again.",
  damaged:
    "The file that the search needs can’t be read. Search again; if that does not help, tell whoever made this site.",
  broken: "The search failed. Search again, or for other words.",
};

const en: Words = {
  found: (papers) => `${papers} ${papers === 1 ? "paper" : "papers"}.`,
  results: "Search results",
  none: "No review matches. Try other words, or the other language.",
  weak: "Nothing really answers this; these are the nearest.",
  byWords: "This site has no server: it searches by words, not by meaning.",
  searching: "Searching …",
  meant: "Did you mean: ",
  suggestions: "Suggestions",
  filters: "Filters",
  remove: (filter) => `Remove filter: ${filter}`,
  orgs: "Orgs",
  more: "Show more",
  noPhrase: (phrases) => `No paper holds “${phrases}”.`,
  noDate: (words) => `“${words}” names no date, so it was searched as text.`,
  failed: (trouble, detail) => `${enTroubles[trouble]} (${detail})`,
};
