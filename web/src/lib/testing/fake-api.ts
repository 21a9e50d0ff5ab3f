/**
 * A small API of fixed answers in the contract's types, for page tests and for building the page without an index. Some
 * queries ask for a state: `!fail`, `!weak`, `!degraded`, `!slow`, `!meaning`.
 */
import type {
  FacetCount,
  MapResponse,
  Mark,
  OrgsResponse,
  PostsResponse,
  Problem,
  RelatedResponse,
  SearchResponse,
  SearchResult,
  StatusResponse,
  SuggestResponse,
} from "@nonmun/core/contract";
import { type FakePaper, fakeDetail, fakePapers } from "./fake-papers.ts";

export async function fakeApi(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const q = searchParams.get("q") ?? "";
  if (q.includes("!fail")) return problem(503, "no-index", "There is no index yet.");
  if (q.includes("!slow")) await new Promise((resolve) => setTimeout(resolve, 400));
  if (pathname === "/api/search") return Response.json(search(searchParams));
  if (pathname === "/api/suggest") return Response.json(suggest(q));
  if (pathname === "/api/posts") return Response.json(posts());
  if (pathname === "/api/orgs") return Response.json(orgs());
  if (pathname === "/api/map") return Response.json(map());
  if (pathname === "/api/status") return Response.json(status);
  const match = /^\/api\/papers\/(.+?)(?:\/(related|bibtex))?$/u.exec(pathname);
  const paper = fakePapers.find(({ summary }) => summary.id === decodeURIComponent(match?.[1] ?? ""));
  if (paper === undefined) return problem(404, "not-found", `There is no paper "${match?.[1] ?? pathname}".`);
  if (match?.[2] === "related") return Response.json(related(paper));
  if (match?.[2] === "bibtex")
    return new Response(`@misc{${paper.summary.arxivId},\n  title = {${paper.summary.title}},\n}\n`);
  return Response.json(fakeDetail(paper));
}

function search(parameters: URLSearchParams): SearchResponse {
  const text = parameters.get("q") ?? "";
  const words = text.replace(/!\S+/gu, "").trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const [org, tag] = [parameters.getAll("org"), parameters.getAll("tag")];
  const [from, to, post] = [parameters.get("from"), parameters.get("to"), parameters.get("post")];
  const found = fakePapers.filter(({ summary, says }) => {
    const all = [summary.title, summary.subtitle, ...summary.orgs, ...says].join(" ").toLowerCase();
    return (
      words.every((word) => all.includes(word)) &&
      (org.length === 0 || org.some((name) => summary.orgs.includes(name))) &&
      (tag.length === 0 || tag.some((name) => summary.tags.includes(name))) &&
      (post === null || summary.post.path === post) &&
      (from === null || (summary.date ?? "") >= from) &&
      (to === null || (summary.date ?? "9") <= to)
    );
  });
  const offset = Number(parameters.get("offset") ?? 0);
  const page = found.slice(offset, offset + Number(parameters.get("limit") ?? 10));
  const marked = { words, meaning: text.includes("!meaning"), explain: parameters.get("explain") === "true" };
  return {
    query: { text, mode: "hybrid", filters: {}, suggestion: text === "sketchpda" ? "sketchpad" : null },
    total: found.length,
    match: text.includes("!weak") ? "weak" : "good",
    tookMs: 12.34,
    degraded: text.includes("!degraded") ? ["The language model is not loaded."] : [],
    limitations: text.includes("!degraded") ? [{ code: "not-loaded" }] : [],
    results: page.map((paper, at) => resultOf(paper, at, marked)),
    facets: {
      org: counts(found.flatMap(({ summary }) => summary.orgs)),
      tag: counts(found.flatMap(({ summary }) => summary.tags)),
      year: counts(found.map(({ summary }) => (summary.date ?? "").slice(0, 4))),
      post: counts(found.map(({ summary }) => summary.post.path)),
    },
  };
}

interface Marked {
  readonly words: readonly string[];
  readonly meaning: boolean;
  readonly explain: boolean;
}

function resultOf(
  { summary, says }: FakePaper,
  at: number,
  { words, meaning, explain }: Marked,
): SearchResult {
  const text = says.at(-1) ?? "";
  const literal: Mark[] = words.flatMap((word) => {
    const start = text.toLowerCase().indexOf(word);
    return start < 0
      ? []
      : [{ range: [start, start + word.length] as const, kind: "literal" as const, strength: 1 }];
  });
  const space = text.indexOf(" ");
  const marks: Mark[] = meaning
    ? [...literal, { range: [0, space], kind: "meaning", strength: 0.8 }]
    : literal;
  const sorted = marks.toSorted((a, b) => a.range[0] - b.range[0]);
  const anchor = summary.id.split("/").at(-1) ?? "";
  return {
    paper: summary,
    score: 0.93 / (1 + at * 0.1),
    sections:
      words.length === 0 && !meaning
        ? []
        : [
            {
              heading: [summary.title, "학습"],
              anchor: `${anchor}-학습`,
              href: `${summary.href}#${anchor}-${encodeURIComponent("학습")}`,
              snippet: { text, ranges: sorted.map(({ range }) => range), marks: sorted },
              score: 0.9,
            },
          ],
    ...(explain
      ? {
          explain: {
            semantic: { rank: at + 1, score: 0.861 },
            lexical: { rank: at + 2, score: 7.12 },
            lateInteraction: { rank: at + 1, score: 0.612 },
            terms: [{ query: "생각", matched: "reasoning", score: 0.28 }],
            notes: ["추론: also reasoning."],
            remarks: [
              { kind: "equivalents", term: "추론", equivalents: ["reasoning"] },
              { kind: "neighbours", before: 0.5724, after: 0.6125 },
            ],
          },
        }
      : {}),
  };
}

function suggest(q: string): SuggestResponse {
  const text = q.trim().toLowerCase();
  const titles = fakePapers.filter(({ summary }) => summary.title.toLowerCase().includes(text)).slice(0, 4);
  const names = [...new Set(fakePapers.flatMap(({ summary }) => summary.orgs))].filter((org) =>
    org.startsWith(text),
  );
  return {
    suggestions: [
      ...names.slice(0, 2).map((org) => ({ kind: "org" as const, text: org, href: `/?org=${org}` })),
      ...titles.map(({ summary }) => ({ kind: "title" as const, text: summary.title, href: summary.href })),
    ],
  };
}

function related({ summary }: FakePaper): RelatedResponse {
  const others = fakePapers.filter((paper) => paper.summary.id !== summary.id).slice(0, 4);
  return { related: others.map((paper, at) => ({ paper: paper.summary, score: 0.8 - at * 0.1 })) };
}

function posts(): PostsResponse {
  const byPost = Map.groupBy(fakePapers, ({ summary }) => summary.post.path);
  return {
    total: byPost.size,
    posts: [...byPost.values()].flatMap((papers) => {
      const [first] = papers;
      if (first === undefined) return [];
      const { post, date, tags } = first.summary;
      const slug = post.path.replace(/\.mdx$/u, "");
      return [{ ...post, slug, date, tags, papers: papers.map(({ summary }) => summary), sourceHref: null }];
    }),
  };
}

function orgs(): OrgsResponse {
  const names = counts(fakePapers.flatMap(({ summary }) => summary.orgs));
  return {
    total: names.length,
    orgs: names.map(({ value, count }) => ({
      name: value,
      papers: count,
      latest: fakePapers.find(({ summary }) => summary.orgs.includes(value))?.summary.date ?? null,
    })),
  };
}

/** Points on a spiral: fixed, apart, and without any meaning. */
function map(): MapResponse {
  return {
    total: fakePapers.length,
    points: fakePapers.map(({ summary }, at) => ({
      paper: summary,
      x: 0.5 + Math.cos(at * 2.4) * Math.sqrt(at / fakePapers.length) * 0.48,
      y: 0.5 + Math.sin(at * 2.4) * Math.sqrt(at / fakePapers.length) * 0.48,
    })),
    topics: [
      { en: "visual reasoning", ko: "시각 추론", x: 0.3, y: 0.4, papers: 30 },
      { en: "agent", ko: "에이전트", x: 0.7, y: 0.6, papers: 30 },
    ],
  };
}

const status: StatusResponse = {
  counts: { posts: 56, papers: fakePapers.length, notes: 0, chunks: 120 },
  model: { id: "fake", state: "ready", dimensions: 384 },
  index: { generation: 1, createdAt: "2025-11-01T00:00:00Z", complete: true },
  lastRun: null,
  indexing: { phase: "idle", done: 0, total: 0, rate: null, secondsLeft: null, message: null },
};

function counts(values: readonly string[]): readonly FacetCount[] {
  const groups = Map.groupBy(values, (value) => value);
  return [...groups]
    .map(([value, same]) => ({ value, count: same.length }))
    .toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

function problem(statusCode: number, code: string, detail: string): Response {
  const body: Problem = { type: `/problems/${code}`, title: code, status: statusCode, code, detail };
  return Response.json(body, { status: statusCode, headers: { "content-type": "application/problem+json" } });
}
