/** Headings that come from a template and say nothing of a paper: kept out of what is embedded, never taken for titles. */
import { fold } from "@nonmun/core/text/normalize";

/** Whether a heading says only which part of a review it is: `## 2. 📖 Abstract`, `### [Introduction]`, `## 결론`. */
export function isTemplateHeading(text: string): boolean {
  const words = fold(text)
    .replace(/[^\p{L}\p{N}&/ ]+/gu, " ")
    .replace(/^\s*(?:(?:\d+|[ivx]+)\s+)*/u, "")
    .replace(/\s+/gu, " ")
    .trim();
  return words === "" || templates.has(words);
}

const templates = new Set(
  (
    "abstract|introduction|intro|summary|tl dr|tldr|overview|background|motivation|related work|related works|preliminaries|" +
    "method|methods|methodology|approach|our method|proposed method|proposed approach|model|architecture|model architecture|" +
    "experiment|experiments|experimental setup|experimental results|experiments and results|setup|settings|setting|" +
    "implementation details|implementation|dataset|datasets|data|training|evaluation|result|results|main results|" +
    "ablation|ablations|ablation study|ablation studies|analysis|discussion|discussions|limitation|limitations|" +
    "conclusion|conclusions|conclusion and future work|conclusions and future work|future work|reference|references|" +
    "appendix|acknowledgements|acknowledgments|metadata|table of contents|toc|contents|paper review|review|paper|papers|" +
    "notes|note|key points|key idea|key ideas|contribution|contributions|takeaway|takeaways|comments|comment|opinion|figure|figures|" +
    "links|link|code|" +
    "초록|서론|개요|소개|들어가며|들어가기|들어가는 말|시작하며|요약|한 줄 요약|한줄 요약|한줄요약|세 줄 요약|핵심 요약|핵심|배경|연구 배경|동기|문제|" +
    "문제 정의|관련 연구|관련연구|사전 지식|방법|방법론|제안 방법|제안 기법|접근|모델|모델 구조|구조|실험|실험 결과|실험 설정|구현|데이터|데이터셋|학습|평가|결과|" +
    "분석|논의|고찰|한계|한계점|결론|마치며|마무리|나가며|맺음말|정리|참고|참고 문헌|참고문헌|출처|부록|목차|메모|느낀점|느낀 점|생각|의견|코멘트|후기|기여|" +
    "논문|논문 리뷰|리뷰|논문 요약|오늘의 논문|이번 주 논문|이번주 논문|장점|단점|장단점|총평|의의|시사점"
  ).split("|"),
);
