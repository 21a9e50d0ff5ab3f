/** One run of the indexer: makes the index say what the content folders say, embedding only what is new. */

import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { Failure } from "@nonmun/core/model/failure";
import type { Manifest, Recipe, RunReport } from "@nonmun/core/model/manifest";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore, IndexWriter } from "@nonmun/core/ports/index-store";
import { contentEmpty } from "../content/list-posts.ts";
import type { ReadOptions } from "../markdown/types.ts";
import { type FoundPost, type FoundPosts, findPosts } from "./find-posts.ts";
import { layOutIndex } from "./lay-out-index.ts";
import { leaveOutDrafts } from "./leave-out-drafts.ts";
import { type Plan, planRun } from "./plan.ts";
import { trackProgress } from "./progress.ts";
import { readerId } from "./read-entry.ts";
import { type WriteCounts, writePosts } from "./write-posts.ts";

export interface RunDeps {
  readonly store: IndexStore;
  /** Its weights are loaded only when something has to be embedded. */
  readonly embedder: Embedder;
  readonly recipe: Recipe;
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
}

export interface RunOptions extends ReadOptions {
  readonly content: readonly string[];
  readonly drafts: boolean;
  /** Whether a folder without posts empties the index (while watching) or is refused (by hand). */
  readonly whenEmpty: "refuse" | "publish";
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  /** The generation that now holds everything: a new one, or the one that already did. */
  readonly manifest: Manifest;
  readonly report: RunReport;
  /** Whether this run published a generation. */
  readonly published: boolean;
  /** Files that could not be read; what was stored of them stays. */
  readonly unreadable: readonly Diagnostic[];
}

/** How often a first run makes what it has so far searchable, unless it will be done as soon. */
const partialPublishMs = 15_000;
/** Least time between two of them, in times of how long the one before took: the more there is, the longer it takes. */
const partialPublishRest = 20;

/**
 * Brings the index up to date in one new generation, or does nothing if it is. A first run publishes what it has so far
 * now and then, marked as not complete; any other run is seen whole or not at all.
 *
 * @throws Failure `content-missing`, `content-empty`, `index-busy`, `storage`, `model-broken`, or `cancelled`; the
 *   generation served before stays in force, and embeddings made so far are kept for the next run.
 */
export async function runIndex(deps: RunDeps, options: RunOptions): Promise<RunOutcome> {
  const started = deps.clock();
  const progress = trackProgress(options.onProgress ?? (() => undefined), deps.clock);
  progress.phase("reading");
  const listed = await findPosts(options.content, readerId(options));
  if (listed.posts.size === 0 && listed.unreadable.size === 0 && options.whenEmpty === "refuse") {
    throw contentEmpty(options.content);
  }
  const current = await publishedState(deps);
  const found = options.drafts ? listed : await leaveOutDrafts(listed, current.hashes);
  const plan = planRun(current.hashes, hashesOf(found, current.hashes));
  if (current.manifest?.complete === true && isEmpty(plan)) {
    progress.phase("done");
    return unchanged(current.manifest, plan, found, deps.clock() - started);
  }
  const writer = await deps.store.writer(deps.recipe);
  try {
    return await write(writer);
  } finally {
    await writer.close();
  }

  async function write(open: IndexWriter): Promise<RunOutcome> {
    const stored = await open.stored();
    const work = planRun(stored, hashesOf(found, stored));
    const posts = [...work.added, ...work.changed].flatMap((path) => found.posts.get(path) ?? []);
    progress.begin(
      posts.length,
      posts.reduce((sum, post) => sum + post.size, 0),
    );
    const publishPart = partialPublisher(open, current.manifest === null);
    const counts = await writePosts(
      { writer: open, embedder: deps.embedder, progress, onWritten: publishPart },
      posts,
      {
        ...options,
        stored,
      },
    );
    const removed = [...work.removed, ...counts.withdrawn];
    if (removed.length > 0) await open.write({ put: [], remove: removed });
    const report = reportOf(withoutDrafts(plan, counts), counts, found, deps.clock() - started);
    if (nothingLeft(plan, counts) && current.manifest?.complete === true) {
      progress.phase("done");
      return { manifest: current.manifest, report, published: false, unreadable: found.diagnostics };
    }
    progress.phase("writing");
    const manifest = await open.publish({
      complete: true,
      modelId: deps.embedder.profile.id,
      lastRun: report,
      artifacts: () => layOutIndex(open),
    });
    progress.phase("done");
    return { manifest, report, published: true, unreadable: found.diagnostics };
  }

  function partialPublisher(open: IndexWriter, isFirst: boolean): (counts: WriteCounts) => Promise<void> {
    let last = deps.clock();
    let rest = partialPublishMs;
    return async (counts) => {
      if (!isFirst || deps.clock() - last < rest) return;
      if ((progress.millisecondsLeft() ?? 0) < partialPublishMs) return;
      const report = reportOf(plan, counts, found, deps.clock() - started);
      const begun = deps.clock();
      await open.publish({ complete: false, modelId: deps.embedder.profile.id, lastRun: report });
      last = deps.clock();
      rest = Math.max(partialPublishMs, (last - begun) * partialPublishRest);
    };
  }
}

async function publishedState(deps: RunDeps) {
  const nothing = { manifest: null, hashes: new Map<string, string>() };
  try {
    const snapshot = await deps.store.open(deps.recipe);
    if (snapshot === null) return nothing;
    try {
      const posts = await snapshot.posts();
      return { manifest: snapshot.manifest, hashes: new Map(posts.map((post) => [post.path, post.hash])) };
    } finally {
      await snapshot.close();
    }
  } catch (error) {
    // Both are mended by writing anew, beside what is there.
    if (error instanceof Failure && (error.code === "index-mismatch" || error.code === "index-damaged"))
      return nothing;
    throw error;
  }
}

/** A post that can't be read now keeps the hash under which it is stored. */
function hashesOf(found: FoundPosts, stored: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const hashes = new Map([...found.posts].map(([path, post]: [string, FoundPost]) => [path, post.hash]));
  for (const path of found.unreadable) {
    const kept = stored.get(path);
    if (kept !== undefined) hashes.set(path, kept);
  }
  return hashes;
}

function isEmpty(plan: Plan): boolean {
  return plan.added.length + plan.changed.length + plan.removed.length === 0;
}

/** Whether all that the plan had were drafts that were never stored. */
function nothingLeft(plan: Plan, counts: WriteCounts): boolean {
  const left = withoutDrafts(plan, counts);
  return isEmpty(left) && counts.withdrawn.length === 0;
}

function withoutDrafts(plan: Plan, counts: WriteCounts): Plan {
  const drafts = new Set(counts.drafts);
  return {
    ...plan,
    added: plan.added.filter((path) => !drafts.has(path)),
    changed: plan.changed.filter((path) => !drafts.has(path)),
    removed: [...plan.removed, ...plan.changed.filter((path) => drafts.has(path))],
  };
}

function reportOf(plan: Plan, counts: WriteCounts, found: FoundPosts, tookMs: number): RunReport {
  const diagnostics = { ...counts.diagnostics };
  for (const { severity } of found.diagnostics) diagnostics[severity] += 1;
  return {
    added: plan.added.length,
    changed: plan.changed.length,
    removed: plan.removed.length,
    unchanged: plan.unchanged.length,
    embedded: counts.embedded,
    reused: counts.reused,
    diagnostics,
    tookMs: Math.round(tookMs),
  };
}

function unchanged(manifest: Manifest, plan: Plan, found: FoundPosts, tookMs: number): RunOutcome {
  const counts: WriteCounts = {
    embedded: 0,
    reused: 0,
    drafts: [],
    withdrawn: [],
    diagnostics: { error: 0, warning: 0, info: 0 },
  };
  const report = reportOf(plan, counts, found, tookMs);
  return { manifest, report, published: false, unreadable: found.diagnostics };
}
