/** Tests of commands as processes: exit codes, what goes to standard output, and what is said to a person. */
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchResponse } from "@nonmun/core/contract";
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { home } from "../settings.ts";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let first: Ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-commands-"));
  await cp(join(home, "data", "posts"), join(folder, "posts"), { recursive: true });
  first = await nonmun(["index", "--json"]);
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `nonmun` where no setting of this machine reaches it, on a copy of the sample posts. */
function nonmun(args: readonly string[], index = "index"): Promise<Ended> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:NONMUN|npm)_|^(?:HOST|PORT)$/iu.test(name),
  );
  const env = {
    ...Object.fromEntries(own),
    NONMUN_INDEX: join(folder, index),
    NONMUN_CONTENT: join(folder, "posts"),
  };
  const program = join(home, "cli", "src", "main.ts");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      text.out += piece;
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      text.err += piece;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...text }));
  });
}

describe("nonmun index", () => {
  it("indexes the posts, and says so in numbers and in words", () => {
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({
      published: true,
      report: { added: 1, embedded: 5, reused: 0 },
      counts: { posts: 1, papers: 5 },
      generation: 1,
    });
    expect(first.err).toContain("Indexed 5 papers in 1 post");
  });

  it("embeds nothing the second time", async () => {
    const { code, out, err } = await nonmun(["index", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      published: false,
      report: { added: 0, unchanged: 1, embedded: 0 },
      generation: 1,
    });
    expect(err).toContain("Nothing has changed");
  });
});

describe("nonmun search", () => {
  it("prints the API's answer as JSON, the paper that is meant first", async () => {
    const { code, out } = await nonmun(["search", "--json", "--limit", "2", "visual", "latent", "reasoning"]);
    expect(code).toBe(0);
    const answer = JSON.parse(out) as SearchResponse;
    expect(Object.keys(answer).sort()).toEqual([
      "degraded",
      "facets",
      "limitations",
      "match",
      "query",
      "results",
      "tookMs",
      "total",
    ]);
    expect(answer.query).toMatchObject({ text: "visual latent reasoning", mode: "hybrid" });
    expect(answer.results).toHaveLength(2);
    expect(answer.results[0]?.paper).toMatchObject({ arxivId: "2510.24514", orgs: ["microsoft"] });
    expect(answer.results[0]?.sections[0]?.snippet.ranges.length).toBeGreaterThan(0);
    expect(answer.degraded).toEqual([]);
  });

  it("refuses a limit out of bounds with 2, and names the bounds", async () => {
    const { code, out, err } = await nonmun(["search", "--limit", "99", "x"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("--limit");
    expect(err).toContain("from 1 to 50");
  });

  it("refuses an unknown flag with 2, and names the nearest", async () => {
    const { code, err } = await nonmun(["search", "--limt", "9", "x"]);
    expect(code).toBe(2);
    expect(err).toContain("Did you mean --limit?");
  });

  it("without an index fails with 1, and names the command that makes one", async () => {
    const { code, out, err } = await nonmun(["search", "x"], "never-made");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("never-made");
    expect(err).toContain("npx nonmun index");
  });
});

it("nonmun doctor lists the pictures that the sample post lacks, with file and line", async () => {
  const { code, out } = await nonmun(["doctor", "--json"]);
  expect(code).toBe(0);
  const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly Diagnostic[] };
  const missing = diagnostics.filter((one) => one.code === "missing-image");
  expect(missing.map(({ file }) => file)).toEqual(missing.map(() => "2025-10-29-papers-review.mdx"));
  expect(missing.map(({ message }) => /img\d\.png/u.exec(message)?.[0])).toEqual([
    "img0.png",
    "img1.png",
    "img2.png",
    "img3.png",
  ]);
  expect(missing.map(({ span }) => span.start.line).slice(0, 2)).toEqual([25, 33]);
});

it("nonmun doctor fails from the severity on that it is told to", async () => {
  const { code, out } = await nonmun(["doctor", "--fail-on", "warning"]);
  expect(code).toBe(1);
  expect(out).toContain("missing-image (warning, 4)");
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^The posts have \d+ warnings/u);
  expect((await nonmun(["doctor", "--fail-on", "worse"])).code).toBe(2);
});

it("nonmun show prints a review by its arXiv id", async () => {
  const { code, out } = await nonmun(["show", "2510.24514"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Latent Sketchpad/u);
  expect(out).toContain("visual latent");
});

it("nonmun export prints every paper as BibTeX", async () => {
  const { code, out } = await nonmun(["export", "bibtex"]);
  expect(code).toBe(0);
  expect(out.match(/^@misc\{/gmu)).toHaveLength(5);
  expect(out).toContain("eprint = {2510.24514}");
});

it("nonmun eval measures the ranking on the judged queries of the sample post", async () => {
  const { code, out } = await nonmun([
    "eval",
    "--json",
    ...["--modes", "lexical"],
    ...["--corpus", join(home, "data", "posts")],
    ...["--queries", join(home, "eval", "data", "seed-post.jsonl")],
  ]);
  expect(code).toBe(0);
  const { summary } = JSON.parse(out) as {
    readonly summary: {
      readonly quality: readonly {
        readonly lang: string;
        readonly queries: number;
        readonly means: { readonly ndcg: { readonly mean: number } };
      }[];
    };
  };
  const all = summary.quality.find(({ lang }) => lang === "all");
  expect(all?.queries).toBe(15);
  expect(all?.means.ndcg.mean).toBeGreaterThan(0.7);
});
