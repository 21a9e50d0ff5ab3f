/** A folder of short posts of which every part names its round, so that an answer mixed of two states shows. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Which round each post was last written in, by path. */
export type Rounds = ReadonlyMap<string, number>;

const papersOfPost = 3;
/** A picture of one pixel, so that the index has something of every kind. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const topics = [
  "보상 모델",
  "diffusion 정책",
  "추론 사슬",
  "long context",
  "잠재 표현",
  "도구 사용",
  "검색 증강",
];

/**
 * Writes what round `round` makes of the folder that `before` describes: every second post is written anew, one goes
 * and one comes. Round 1 writes them all.
 */
export async function writeRound(
  folder: string,
  round: number,
  before: Rounds,
  posts: number,
): Promise<Rounds> {
  const rounds = new Map(before);
  const paths = Array.from({ length: posts }, (_, post) => pathOf(post));
  for (const [post, path] of paths.entries()) {
    if (before.size > 0 && (post + round) % 2 === 0 && post !== round % posts) continue;
    if (before.size > 0 && post === round % posts && before.has(path)) {
      await rm(join(folder, path));
      rounds.delete(path);
      continue;
    }
    await writePost(folder, path, round);
    rounds.set(path, round);
  }
  return rounds;
}

export async function writePost(folder: string, path: string, round: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, path), textOf(path, round));
  if (path === pathOf(0)) await writeFile(join(folder, "pixel.png"), pixel, { flag: "a+" });
}

export function pathOf(post: number): string {
  return `2025-${String(1 + Math.floor(post / 28)).padStart(2, "0")}-${String(1 + (post % 28)).padStart(2, "0")}-리뷰.md`;
}

/** The round that a text of a post names, or -1. */
export function roundIn(text: string): number {
  return Number(/round(\d+)/u.exec(text)?.[1] ?? -1);
}

function textOf(path: string, round: number): string {
  const day = path.slice(0, 10);
  const picture = path === pathOf(0) ? "\n![한 점 round](./pixel.png)\n" : "";
  const papers = Array.from({ length: papersOfPost }, (_, paper) => {
    const topic = topics[(paper + round + Number(day.slice(8))) % topics.length] ?? "";
    const id = `25${day.slice(5, 7)}.${day.slice(8)}00${paper + 1}`;
    return `## [${topic} round${round}](https://arxiv.org/abs/${id}) \`google\`

${day}에 읽은 ${topic} 논문이다. round${round} 판의 본문으로, ${paper + 1}번째 방법을 설명한다.
${picture}`;
  });
  return `# ${day} papers review round${round}\n\n${papers.join("\n")}`;
}
