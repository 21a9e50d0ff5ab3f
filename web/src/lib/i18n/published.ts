/**
 * What the pages of a published site say in the place of what the served ones do: no model is behind them, so reviews are found
 * there by their words, and no script moves their map.
 */
import type { Messages } from "./en.ts";
import type { Locale } from "./locale.ts";

/** Name of the cookie by which `nonmun publish` asks for such a page. */
export const publishedCookie = "nonmun-published";

export function publishedMessages(served: Messages, locale: Locale): Messages {
  const { tagline, description, placeholder, lead, picture } = sentences[locale];
  return {
    ...served,
    tagline,
    description,
    search: { ...served.search, placeholder },
    welcome: { ...served.welcome, lead },
    map: { ...served.map, picture },
  };
}

interface Sentences {
  readonly tagline: string;
  readonly description: string;
  readonly placeholder: string;
  readonly lead: string;
  readonly picture: Messages["map"]["picture"];
}

const sentences: Readonly<Record<Locale, Sentences>> = {
  ko: {
    tagline: "낱말로 찾는 논문 리뷰",
    description: "논문 리뷰를 낱말로, 한국어와 영어로 검색합니다.",
    placeholder: "낱말, 제목, arXiv 번호",
    lead: "기억나는 낱말로 찾아 보세요. 한국어와 영어 용어를 함께 찾습니다.",
    picture: (papers) => `논문 ${papers}편의 지도. 같은 논문이 아래 표에 있습니다.`,
  },
  en: {
    tagline: "Paper reviews, found by their words",
    description: "Search paper reviews by their words, in Korean and English.",
    placeholder: "Words, a title, an arXiv id",
    lead: "Search by the words that you remember; Korean and English terms are searched together.",
    picture: (papers) =>
      `Map of ${papers} ${papers === 1 ? "paper" : "papers"}. The same papers are in the table below.`,
  },
};
