/** Resident memory of a server under many different queries: below the bound that is promised, and flat. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SearchResponse } from "@nonmun/core/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Rounds, writeRound } from "./posts.ts";
import { below, indexed, type Places, startAsPeopleDo } from "./process.ts";
import { randomFrom } from "./random.ts";
import { childOf, isMemoryTold, residentMb } from "./resident.ts";
import { isBuilt, startServer, type TestServer } from "./server.ts";

/** `npm run faults` asks for more, of a corpus of 101 posts where there is one. */
const queries = Number(process.env.NONMUN_FAULT_QUERIES ?? 300);
const isLong = queries >= 5000;
/** In MB: what the server promises (docs/operations.md). */
const most = 500;
const corpus = fileURLToPath(new URL("../../../shared/corpus/ko-notes", import.meta.url));
const glossary = fileURLToPath(new URL("../../data/glossary/field.txt", import.meta.url));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-memory-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The server needs the built page.
it.skipIf(!isBuilt || !isMemoryTold)(
  `stays below ${most} MB over ${queries} different queries, and flat in the long form`,
  async () => {
    const places = await indexedPlaces();
    const server = await startServer(places, {}, startAsPeopleDo);
    try {
      await server.ready();
      const pid = await childOf(server.pid);
      const seen: number[] = [];
      const say = (asked: number, megabytes: number): void => {
        process.stdout.write(`${String(asked).padStart(6)} queries  ${megabytes.toFixed(0)} MB\n`);
      };
      say(0, await residentMb(pid));
      const ask = await asker(server);
      const step = isLong ? 1000 : 100;
      for (let asked = 1; asked <= queries; asked++) {
        await ask();
        if (asked % step !== 0) continue;
        seen.push(await residentMb(pid));
        say(asked, seen.at(-1) ?? 0);
      }
      expect(Math.max(...seen)).toBeLessThan(most);
      if (isLong) expect(mean(seen.slice(-3))).toBeLessThan(1.1 * mean(seen.slice(0, 3)));
    } finally {
      await server.close();
    }
  },
  300_000 + 400 * queries,
);

async function indexedPlaces(): Promise<Places> {
  const places = below(folder, "served");
  const isThere = isLong && existsSync(corpus);
  const own: Places = { ...places, content: isThere ? corpus : places.content };
  if (!isThere) await writeRound(own.content, 1, new Map() as Rounds, 24);
  await indexed(own);
  return own;
}

/** Asks for a title, a term of the glossary or two words that never met, in turn. */
async function asker(server: TestServer): Promise<() => Promise<void>> {
  const random = randomFrom(20251029);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const titles = await titlesOf(server);
  const words = [...new Set(titles.flatMap((title) => title.split(/\s+/u)))].filter(
    (word) => word.length > 2,
  );
  const terms = (await readFile(glossary, "utf8"))
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .flatMap((line) => line.split("|").map((term) => term.replace("=", "").trim()))
    .filter((term) => term !== "");
  const kinds = [
    () => pick(titles),
    () => pick(terms),
    () => `${pick(words)} ${pick(words)}`,
    () => `${pick(terms)} ${pick(words)}`,
  ];
  let turn = 0;
  return async () => {
    const query = kinds[turn++ % kinds.length]?.() ?? "";
    const response = await fetch(`${server.url}/api/search?q=${encodeURIComponent(query)}`);
    const body = await response.text();
    // Whoever asks faster than is allowed waits a little: the memory is measured, not the limit.
    if (response.status === 429) await server.until(async () => (await fetch(server.url)).ok, Boolean);
    else expect(response.status, `${query}: ${body}`).toBe(200);
  };
}

async function titlesOf({ url }: TestServer): Promise<readonly string[]> {
  const titles: string[] = [];
  for (let offset = 0; ; offset += 50) {
    const page = (await (
      await fetch(`${url}/api/search?limit=50&offset=${offset}`)
    ).json()) as SearchResponse;
    titles.push(...page.results.map(({ paper }) => paper.title));
    if (titles.length >= page.total || page.results.length === 0) return titles;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
