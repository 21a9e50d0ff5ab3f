/** The published site's own sentences, in both languages. */

export interface Words {
  found(papers: number): string;
  readonly results: string;
  readonly weak: string;
  readonly byWords: string;
  readonly searching: string;
  readonly meant: string;
  readonly suggestions: string;
  readonly orgs: string;
  readonly more: string;
  noPhrase(phrases: string): string;
  noDate(words: string): string;
  failed(reason: string): string;
}

export function wordsFor(locale: string): Words {
  return locale === "en" ? en : ko;
}

const ko: Words = {
  found: (papers) => `논문 ${papers}편.`,
  results: "검색 결과",
  weak: "꼭 맞는 것은 없고, 가장 가까운 것들입니다.",
  byWords: "이 사이트에는 서버가 없어 뜻이 아니라 낱말로 찾습니다.",
  searching: "찾는 중입니다 …",
  meant: "혹시: ",
  suggestions: "제안",
  orgs: "기관",
  more: "더 보기",
  noPhrase: (phrases) => `“${phrases}”가 그대로 있는 논문은 없습니다.`,
  noDate: (words) => `“${words}”는 날짜가 아니어서 글자로 찾았습니다.`,
  failed: (reason) => `검색할 수 없습니다 (${reason}). 다시 검색해 보세요.`,
};

const en: Words = {
  found: (papers) => `${papers} ${papers === 1 ? "paper" : "papers"}.`,
  results: "Search results",
  weak: "Nothing really answers this; these are the nearest.",
  byWords: "This site has no server: it searches by words, not by meaning.",
  searching: "Searching …",
  meant: "Did you mean: ",
  suggestions: "Suggestions",
  orgs: "Orgs",
  more: "Show more",
  noPhrase: (phrases) => `No paper holds “${phrases}”.`,
  noDate: (words) => `“${words}” names no date, so it was searched as text.`,
  failed: (reason) => `The search failed (${reason}). Search again to retry.`,
};
