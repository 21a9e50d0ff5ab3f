/** Tests of the lines that a run ends with. */
import type { RunOutcome } from "@nonmun/indexer/run/run-index";
import { expect, it } from "vitest";
import { plural, runLines } from "./report-run.ts";

const outcome: RunOutcome = {
  published: true,
  unreadable: [],
  report: {
    added: 1,
    changed: 2,
    removed: 0,
    unchanged: 3,
    embedded: 1,
    reused: 12,
    diagnostics: { error: 0, warning: 0, info: 0 },
    tookMs: 61_400,
  },
  manifest: {
    generation: 2,
    recipe: { schema: 1, model: "m", dimensions: 2, chunker: "1" },
    modelId: "m",
    complete: true,
    createdAt: "2026-01-01T00:00:00.000Z",
    counts: { posts: 1, papers: 1234, notes: 0, chunks: 2000 },
    tables: {},
    lastRun: {
      added: 0,
      changed: 0,
      removed: 0,
      unchanged: 0,
      embedded: 0,
      reused: 0,
      diagnostics: { error: 0, warning: 0, info: 0 },
      tookMs: 0,
    },
  },
};

it("says what was indexed, what of it was new, and how long it took", () => {
  expect(runLines(outcome)).toEqual([
    "Indexed 1,234 papers in 1 post, 2,000 chunks (1 added, 2 changed, 0 removed; 1 chunk embedded, 12 kept) in 1 min 1 s.",
  ]);
});

it("counts what is wrong in the posts, and names the command that lists it", () => {
  const report = { ...outcome.report, diagnostics: { error: 1, warning: 0, info: 2 } };
  expect(runLines({ ...outcome, report }).at(-1)).toBe(
    "The posts have 1 error, 2 notes: see `npx nonmun doctor`.",
  );
});

it("says that nothing has changed, but still which files can't be read", () => {
  const start = { line: 1, column: 1, offset: 0 };
  const unreadable = [
    {
      code: "unreadable-file",
      severity: "error" as const,
      message: "It is locked.",
      advice: "Unlock it.",
      file: "글.md",
      span: { start, end: start },
    },
  ];
  expect(runLines({ ...outcome, published: false, unreadable })).toEqual([
    "글.md: It is locked. Unlock it.",
    "Nothing has changed: 1,234 papers in 1 post, 2,000 chunks.",
  ]);
});

it("writes numbers for people", () => {
  expect([plural(0, "paper"), plural(1, "paper"), plural(12_345, "paper")]).toEqual([
    "0 papers",
    "1 paper",
    "12,345 papers",
  ]);
});
