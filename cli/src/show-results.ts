/** An answer of the search, for people to read in a terminal. */
import type { Explanation, SearchResponse, SearchResult, SectionHit, Snippet } from "@nonmun/core/contract";
import { plural } from "./report-run.ts";
import { type Style, wrapText } from "./style.ts";

export function resultLines(response: SearchResponse, style: Style, columns: number): string {
  const { results, total, match, degraded, query } = response;
  const head = [
    ...degraded,
    ...(query.suggestion === null ? [] : [`Did you mean: ${query.suggestion}`]),
    ...(results.length === 0 ? ["Nothing was found. Try other words, or fewer filters."] : []),
    ...(match === "weak" && results.length > 0
      ? ["Nothing here really answers this; these are the nearest."]
      : []),
  ];
  const blocks = results.map((result, index) => block(result, index + 1, style, columns));
  const tail =
    results.length === 0 ? [] : [style.dim(`${plural(total, "paper")} · ${Math.round(response.tookMs)} ms`)];
  return [...head, ...blocks, ...tail].join("\n\n");
}

function block(result: SearchResult, rank: number, style: Style, columns: number): string {
  const { paper, score, sections, explain } = result;
  const title = paper.subtitle === null ? paper.title : `${paper.title}: ${paper.subtitle}`;
  const facts = [
    paper.orgs.join(", "),
    paper.arxivId ?? "",
    paper.date ?? "",
    `${Math.round(score * 100)} %`,
    paper.post.path,
  ].filter((fact) => fact !== "");
  const width = Math.max(40, Math.min(columns, 110));
  return [
    `${String(rank).padStart(2)}. ${wrapText(style.bold(title), width, "    ").trimStart()}`,
    `    ${style.dim(facts.join(" · "))}`,
    `    ${style.dim(`nonmun show ${paper.id}`)}`,
    ...sections.slice(0, 2).flatMap((section) => passage(section, style, width)),
    ...(explain === undefined ? [] : explanation(explain).map((line) => wrapText(line, width, "    "))),
  ].join("\n");
}

function passage(section: SectionHit, style: Style, width: number): readonly string[] {
  if (section.snippet.text === "") return [];
  const heading = section.heading.length > 1 ? [`    › ${section.heading.slice(1).join(" › ")}`] : [];
  return [...heading, wrapText(marked(section.snippet, style), width, "    ")];
}

/** Ranges are sorted and apart. */
function marked({ text, ranges }: Snippet, style: Style): string {
  let done = 0;
  const pieces: string[] = [];
  for (const [start, end] of ranges) {
    pieces.push(text.slice(done, start), style.bold(text.slice(start, end)));
    done = end;
  }
  return [...pieces, text.slice(done)].join("");
}

function explanation(explain: Explanation): readonly string[] {
  const stages = (["semantic", "lexical", "fused", "lateInteraction"] as const).flatMap((stage) => {
    const found = explain[stage];
    return found === undefined ? [] : [`${stage} ${found.rank}. (${found.score.toFixed(3)})`];
  });
  const terms = (explain.terms ?? []).map(
    ({ query, matched, score }) => `${query} → ${matched} ${score.toFixed(2)}`,
  );
  return [
    ...(explain.exact === undefined ? [] : [`exact: ${explain.exact.rule} "${explain.exact.matched}"`]),
    ...(stages.length === 0 ? [] : [stages.join(", ")]),
    ...(terms.length === 0 ? [] : [terms.join(", ")]),
    ...(explain.notes ?? []),
  ];
}
