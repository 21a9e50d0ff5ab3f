/** Fixed papers for page tests and for building the page without an index: the seed's five, and more of the same kind. */
import type { PaperDetail, PaperSummary } from "@nonmun/core/contract";

interface Told {
  readonly slug: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly arxiv: string;
  readonly orgs?: readonly string[];
  readonly tags?: readonly string[];
  readonly date?: string;
  readonly says: readonly string[];
}

const told: readonly Told[] = [
  {
    slug: "funreason-mt",
    title: "FunReason-MT Technical Report: Multi-Turn Function Calling",
    arxiv: "2510.24448",
    says: [
      "LLM 도구 multi-turn function calling 문제를 해결하기 위한 방법 제안.",
      "먼저 도구들의 dependency graph 를 그린다. 그 후 목표를 이루기 위한 execution trace 를 구상한다.",
    ],
  },
  {
    slug: "latent-sketchpad",
    title: "Latent Sketchpad: Sketching Visual Thoughts to Elicit Multimodal Reasoning in MLLMs",
    arxiv: "2510.24514",
    orgs: ["microsoft"],
    tags: ["multimodal"],
    says: [
      "MLLM 모델은 시각 요소 이해 능력은 뛰어나지만 visual reasoning 능력은 떨어짐. 이미지 기반 생각 능력이 부족해서 그럼.",
      "진짜 말그대로 visual latent 를 생성한다. 이 방식의 가장 큰 장점은 plug-and-play.",
    ],
  },
  {
    slug: "atlas",
    title: "ATLAS",
    subtitle:
      "Adaptive Transfer Scaling Laws for Multilingual Pretraining, Finetuning, and Decoding the Curse of Multilinguality",
    arxiv: "2510.22037",
    orgs: ["google"],
    tags: ["scaling"],
    says: [
      "multi-language 에도 scaling law 가 있음. 다국어 저주는 여러 언어로 동시에 학습할 때 발생하는 성능 저하 현상.",
    ],
  },
  {
    slug: "game-tars",
    title: "Game-TARS",
    subtitle: "Pretrained Foundation Models for Scalable Generalist Multimodal Game Agents",
    arxiv: "2510.23691",
    orgs: ["bytedance"],
    tags: ["agent"],
    says: ["전반적인 마우스 키보드 입력에 대해 반응할 수 있는 게임 에이전트를 학습시킴."],
  },
  {
    slug: "from-spatial-to-actions",
    title: "From Spatial to Actions",
    subtitle: "Grounding Vision-Language-Action Model in Spatial Foundation Priors",
    arxiv: "2510.17439",
    orgs: ["bytedance"],
    tags: ["robotics"],
    says: ["FALCON은 풍부한 3D 공간 정보를 액션 헤드(Action Head)에 직접 주입."],
  },
];

const subjects = [
  "추론 모델의 강화학습",
  "긴 문맥 압축",
  "확산 모델 증류",
  "코드 에이전트 평가",
  "음성 대화 모델",
];
const names = ["Compass", "Lantern", "Orbit", "Prism", "Quill"];
const otherOrgs = [
  "google",
  "meta",
  "nvidia",
  "tencent",
  "alibaba",
  "microsoft",
  "stanford",
  "kaist",
  "naver",
  "apple",
  "openai",
];

/** Enough further papers for several pages of results, dates over two years. */
const more: readonly Told[] = Array.from({ length: 55 }, (_, at) => {
  const subject = subjects[at % subjects.length] ?? "";
  const name = names[at % names.length] ?? "";
  const month = String((at % 12) + 1).padStart(2, "0");
  return {
    slug: `paper-${at + 1}`,
    title: `${name}-${at + 1}: Notes on Reasoning Models`,
    arxiv: `24${month}.${String(10_000 + at)}`,
    orgs: at % 7 === 0 ? [] : [otherOrgs[at % otherOrgs.length] ?? "meta"],
    tags: [["reasoning"], ["agent"], ["diffusion"]][at % 3] ?? [],
    date: `${at % 2 === 0 ? 2025 : 2024}-${month}-${String((at % 27) + 1).padStart(2, "0")}`,
    says: [`${subject}에 관한 메모. reasoning 모델을 다룬다.`],
  };
});

function summaryOf(paper: Told): PaperSummary {
  const date = paper.date ?? "2025-10-29";
  const post = `${date}-papers-review`;
  const id = `${post}/${paper.slug}`;
  return {
    id,
    kind: "paper",
    title: paper.title,
    subtitle: paper.subtitle ?? null,
    arxivId: paper.arxiv,
    url: `https://huggingface.co/papers/${paper.arxiv}`,
    orgs: paper.orgs ?? [],
    tags: paper.tags ?? [],
    date,
    post: { path: `${post}.mdx`, title: `${date} papers review` },
    href: `/papers/${id}`,
    sourceHref: `https://blog.example/${post}#${paper.slug}`,
  };
}

export interface FakePaper {
  readonly summary: PaperSummary;
  readonly says: readonly string[];
}

/** Newest first, as the API lists them. */
export const fakePapers: readonly FakePaper[] = [...told, ...more]
  .map((paper) => ({ summary: summaryOf(paper), says: paper.says }))
  .toSorted((a, b) => (b.summary.date ?? "").localeCompare(a.summary.date ?? ""));

/** One grey pixel. */
const dot =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8c+bMfwAIPgL/ZQ+qFwAAAABJRU5ErkJggg==";

/** The whole review, with a heading, a missing and a remote figure, code, a table and bold inside Korean. */
export function fakeDetail({ summary, says }: FakePaper): PaperDetail {
  const siblings = fakePapers
    .map((paper) => paper.summary)
    .filter(({ post }) => post.path === summary.post.path);
  const at = siblings.findIndex(({ id }) => id === summary.id);
  const anchor = summary.id.split("/").at(-1) ?? "";
  const paragraphs = says.map((text) => `<p>${text}</p>`);
  const filler = Array.from(
    { length: 14 },
    (_, n) => `<p>학습은 backbone model 을 frozen 하고 진행됨. 실험 ${n + 1}에서 같은 경향을 보인다.</p>`,
  );
  return {
    ...summary,
    anchor,
    html: [
      `<span id="${anchor}" class="anchor"></span>`,
      `<h2 id="${anchor}-문제">문제</h2>`,
      paragraphs[0] ?? "",
      ...filler,
      `<h2 id="${anchor}-학습">학습</h2>`,
      paragraphs.at(-1) ?? "",
      `<p>FALCON은 정보를 <strong>액션 헤드(Action Head)</strong>에 직접 주입한다.</p>`,
      `<figure id="${anchor}-figure-1" class="figure-stored"><img src="${dot}" alt="액션 헤드의 구조" width="320" height="180"><figcaption><span class="figure-number">1</span>. 액션 헤드의 구조</figcaption></figure>`,
      `<figure id="${anchor}-figure-2" class="figure-remote"><a class="remote-image" data-remote-image="https://img.example/a.png" href="https://img.example/a.png" rel="noopener noreferrer"><span class="remote-host">img.example</span></a><figcaption><span class="figure-number">2</span></figcaption></figure>`,
      `<figure id="${anchor}-figure-3" class="figure-missing"><p class="missing-image">./asset/lost.png</p><figcaption><span class="figure-number">3</span></figcaption></figure>`,
      `<pre><code class="language-python">def sketch(latent):\n    return decoder(latent)\n</code></pre>`,
      `<table><thead><tr><th>Method</th><th>Score</th></tr></thead><tbody><tr><td>FALCON</td><td>71.2</td></tr></tbody></table>`,
    ].join("\n"),
    headings: [
      { depth: 2, text: "문제", anchor: `${anchor}-문제` },
      { depth: 2, text: "학습", anchor: `${anchor}-학습` },
    ],
    figures: [],
    previous: siblings[at - 1] ?? null,
    next: siblings[at + 1] ?? null,
    sameArxivId: [],
  };
}
