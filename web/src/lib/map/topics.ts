/** Names for the regions of the map: the words of titles that are frequent in a region and rare elsewhere. */
import type { Topic } from "./labels.ts";
import { type Point, picture } from "./points.ts";

const columns = 6;
const rows = 4;
/** A region with fewer papers has no name of its own. */
const leastPapers = 3;
/** Words that say how a paper is written rather than what it is about. */
const plainWords = new Set(
  (
    "a ability an analysis and approach are as at based be beyond by can can't do does efficient for from how in into is it its large " +
    "language learning let level llm llms low method methods model models more multi need new not of on open or paper report scale " +
    "self simple study survey system systems task technical the their to toward towards training through use using via we what when " +
    "why with without you your"
  ).split(" "),
);

/** One topic a region at most, the fullest regions first; no name twice. */
export function topicsOf(points: readonly Point[]): readonly Topic[] {
  const regions = [...Map.groupBy(points, regionOf).values()].filter(
    (papers) => papers.length >= leastPapers,
  );
  const spread = new Map<string, number>();
  for (const point of points)
    for (const word of wordsOf(point.title)) spread.set(word, (spread.get(word) ?? 0) + 1);
  const used = new Set<string>();
  const topics: Topic[] = [];
  for (const papers of regions.toSorted((a, b) => b.length - a.length)) {
    const name = nameOf(papers, spread, points.length, used);
    if (name === null) continue;
    used.add(name);
    topics.push({ name, x: mean(papers.map(({ x }) => x)), y: mean(papers.map(({ y }) => y)) });
  }
  return topics;
}

function regionOf({ x, y }: Point): number {
  const column = Math.min(Math.floor((x / picture.width) * columns), columns - 1);
  const row = Math.min(Math.floor((y / picture.height) * rows), rows - 1);
  return row * columns + column;
}

/** Term frequency in the region times inverse frequency in the corpus; a word of one paper names nothing. */
function nameOf(
  papers: readonly Point[],
  spread: ReadonlyMap<string, number>,
  all: number,
  used: ReadonlySet<string>,
): string | null {
  const counts = new Map<string, number>();
  for (const { title } of papers)
    for (const word of wordsOf(title)) counts.set(word, (counts.get(word) ?? 0) + 1);
  let best: string | null = null;
  let most = 0;
  for (const [word, count] of counts) {
    // Two words name a topic better than one.
    const weight = word.includes(" ") ? 1.6 : 1;
    const score = weight * count * Math.log((all + 1) / (spread.get(word) ?? 1));
    if (count >= 2 && score > most && ![...used].some((name) => name.includes(word) || word.includes(name))) {
      best = word;
      most = score;
    }
  }
  return best;
}

/** The words of a title that say something, and each two of them that stand side by side. */
function wordsOf(title: string): ReadonlySet<string> {
  const words = title.toLocaleLowerCase("en").match(/\p{L}[\p{L}\p{N}]{2,}/gu) ?? [];
  const telling = words.map((word) => !plainWords.has(word));
  const pairs = words.flatMap((word, at) => {
    return telling[at] && telling[at + 1] ? [`${word} ${words[at + 1]}`] : [];
  });
  return new Set([...words.filter((_, at) => telling[at]), ...pairs]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
