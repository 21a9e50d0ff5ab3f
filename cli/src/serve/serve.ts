/** The server, put together: library, model, indexing process, API and pages. */
import { createApp } from "@nonmun/api/app";
import type { AppDeps } from "@nonmun/api/deps";
import type { Config } from "@nonmun/core/config";
import { clock, openStore } from "../adapters.ts";
import { createApiLog } from "../api-log.ts";
import { wordsOf } from "../exit-codes.ts";
import { openSearching } from "../searching.ts";
import { home } from "../settings.ts";
import type { Terminal } from "../terminal.ts";
import { dispatch } from "./dispatch.ts";
import { pullContent } from "./git-pull.ts";
import { loadPages, serveHttp } from "./http-server.ts";
import { type IndexingProcess, startIndexingProcess } from "./indexing-process.ts";
import { learnBeside } from "./learn-beside.ts";
import { createLibrary, pollMs, type ServedLibrary } from "./library.ts";
import { warmModel } from "./model.ts";
import { rehearse } from "./rehearse.ts";
import { warmStore } from "./warm-store.ts";

export interface ServeOptions {
  readonly config: Config;
  readonly terminal: Terminal;
  /** Command line of the indexing process; null for a server that only reads an index made elsewhere. */
  readonly indexer: readonly [string, ...string[]] | null;
  /** Command line of the process that learns words. */
  readonly learner: readonly [string, ...string[]];
}

export interface Served {
  readonly url: string;
  /** Settles once everything that the start found is indexed and the model is warm. */
  readonly ready: Promise<void>;
  readonly library: ServedLibrary;
  close(): Promise<void>;
}

export async function serve({ config, terminal, indexer, learner }: ServeOptions): Promise<Served> {
  const warn = (error: unknown): void => terminal.warn(wordsOf(error));
  const store = await openStore(config, terminal);
  const searching = await openSearching(config, terminal);
  const { embedder, ranking } = searching;
  const warnUnlessStopped = (error: unknown): void => {
    if (!shutdown.signal.aborted) warn(error);
  };
  const library = createLibrary({
    store,
    pollMs,
    warn,
    createSearcher: (snapshot) => searching.searcher(snapshot, { embedder: model.embedder() }),
  });
  const model = warmModel(embedder, { onWarm: library.renew, warn });
  const indexing = indexer === null ? null : startIndexing(indexer, library, terminal);
  await library.refresh().catch(warn);
  let isReady = false;
  const shutdown = new AbortController();
  const ready = whenReady(model.warm, indexing, library).then((isWarm) => {
    isReady = true;
    warmStore(library, shutdown.signal).catch(warnUnlessStopped);
    if (isWarm) learning = learn().catch(warnUnlessStopped);
  });
  let learning: Promise<void> = Promise.resolve();
  const learn = (): Promise<void> =>
    learnBeside({
      ranking,
      embedder,
      command: learner,
      indexing,
      isBusy: library.busy,
      terminal,
      signal: shutdown.signal,
    });
  const deps: AppDeps = {
    library,
    indexing,
    model: model.state,
    ready: () => isReady,
    token: config.token,
    webhookSecret: config.webhookSecret,
    onPush: config.pullOnPush ? () => pullContent(config.content, terminal.say) : null,
    siteUrl: config.siteUrl,
    clock,
    log: createApiLog(terminal),
    options: {
      shutdown: shutdown.signal,
      trustProxy: config.trustProxy,
      allowedOrigins: config.allowedOrigins,
    },
  };
  const app = createApp(deps);
  const hosts = { allowed: config.allowedHosts, bound: config.host, behindProxy: config.trustProxy };
  const listener = dispatch(app, await loadPages(home, app), { hosts, warn });
  const serving = await serveHttp(listener, config).catch(async (error: unknown) => {
    shutdown.abort();
    await indexing?.close();
    await library.close();
    throw error;
  });
  return {
    url: serving.url,
    ready: ready.then(() => rehearse(serving.url, shutdown.signal)).catch(warnUnlessStopped),
    library,
    async close() {
      shutdown.abort();
      await serving.close();
      await indexing?.close();
      await learning;
      await library.close();
      await searching.close();
      await store.close();
    },
  };
}

function startIndexing(
  command: readonly [string, ...string[]],
  library: ServedLibrary,
  terminal: Terminal,
): IndexingProcess {
  return startIndexingProcess({
    command,
    environment: process.env,
    onRun: () => {
      library.refresh().catch((error: unknown) => terminal.warn(wordsOf(error)));
    },
    warn: terminal.warn,
  });
}

async function whenReady(
  warm: Promise<boolean>,
  indexing: IndexingProcess | null,
  library: ServedLibrary,
): Promise<boolean> {
  const isWarm = await warm;
  await indexing?.firstRun;
  await library.refresh();
  return isWarm;
}
