/** The static site, put together: the server's own pages asked in this process, the browser's search, one folder. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createApp } from "@nonmun/api/app";
import type { AppDeps } from "@nonmun/api/deps";
import { packIndex } from "@nonmun/core/adapters/published-index";
import type { Config } from "@nonmun/core/config";
import { Failure } from "@nonmun/core/model/failure";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { createSearcher } from "@nonmun/core/search/searcher";
import { clock, openRanking, readGlossary } from "../adapters.ts";
import { createApiLog } from "../api-log.ts";
import { wordsOf } from "../exit-codes.ts";
import { withSnapshot } from "../open-search.ts";
import { dispatch } from "../serve/dispatch.ts";
import { loadPages, serveHttp } from "../serve/http-server.ts";
import { home } from "../settings.ts";
import type { Terminal } from "../terminal.ts";
import { crawl, type SiteFiles } from "./crawl.ts";
import { type Written, writeFolder } from "./folder.ts";

export interface PublishOptions {
  readonly folder: string;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Address that the site will have, without a slash at the end; null leaves out what needs it. */
  readonly siteAddress: string | null;
  readonly locale: "ko" | "en";
}

export interface Published extends Written {
  readonly folder: string;
  readonly papers: number;
  readonly pages: number;
  readonly files: number;
  readonly bytes: number;
}

/** @throws Failure `no-index`, `usage` for a folder that holds something else, `storage`, `cancelled`. */
export async function publish(options: PublishOptions): Promise<Published> {
  const { config, terminal } = options;
  const forBrowser = await browserFiles();
  return withSnapshot(config, terminal, async (snapshot) => {
    const files = await siteOf(snapshot, options);
    for (const [path, content] of forBrowser) files.set(path, content);
    const index = await packIndex(snapshot, {
      glossary: await readGlossary(config),
      siteUrl: config.siteUrl,
    });
    files.set("_nonmun/search.json", Buffer.from(JSON.stringify(index)));
    terminal.say(`Writing ${files.size} files to ${options.folder} …`);
    const written = await writeFolder(options.folder, files, options.signal);
    return {
      folder: options.folder,
      papers: snapshot.manifest.counts.papers,
      pages: [...files.keys()].filter((path) => path.endsWith(".html")).length,
      files: files.size,
      bytes: [...files.values()].reduce((sum, content) => sum + content.byteLength, 0),
      ...written,
    };
  });
}

async function siteOf(snapshot: Snapshot, options: PublishOptions): Promise<SiteFiles> {
  const { terminal, signal } = options;
  const app = createApp(await depsFor(snapshot, options));
  const listener = dispatch(app, await loadPages(home, app), {
    hosts: { allowed: "*", bound: "127.0.0.1", behindProxy: false },
    warn: (error) => terminal.warn(wordsOf(error)),
  });
  const serving = await serveHttp(listener, { host: "127.0.0.1", port: 0 });
  try {
    const papers = (await snapshot.catalogue()).map(
      ({ id }) => `/papers/${id.split("/").map(encodeURIComponent).join("/")}`,
    );
    return await crawl({
      port: Number(new URL(serving.url).port),
      locale: options.locale,
      siteAddress: options.siteAddress,
      starts: ["/", "/posts", "/orgs", "/tags", "/map", ...feeds, ...papers],
      onPage: progressOf(terminal),
      signal,
    });
  } finally {
    await serving.close();
    terminal.bar(null);
  }
}

const feeds = ["/feed.xml", "/sitemap.xml", "/robots.txt", "/icon.svg", "/manifest.webmanifest"];

/** One snapshot, nobody's questions: nothing needs the model, since what pages show was computed when they were indexed. */
async function depsFor(snapshot: Snapshot, { config, terminal }: PublishOptions): Promise<AppDeps> {
  const ranking = await openRanking(config, null);
  const searcher = createSearcher({ snapshot, embedder: null, ranking, siteUrl: config.siteUrl, clock });
  return {
    library: { use: (work) => work({ snapshot, searcher }) },
    indexing: null,
    model: () => ({
      id: snapshot.manifest.modelId,
      dimensions: snapshot.manifest.recipe.dimensions,
      state: "ready",
    }),
    ready: () => true,
    token: null,
    webhookSecret: null,
    onPush: null,
    siteUrl: config.siteUrl,
    clock,
    log: createApiLog(terminal),
    options: { rateLimits: { search: null, suggest: null, mcp: null, index: null } },
  };
}

/** What the build made for the browser of a published site. */
async function browserFiles(): Promise<SiteFiles> {
  const folder = join(home, "web", "build", "published");
  try {
    const names = (await readdir(folder)).sort();
    return new Map(
      await Promise.all(
        names.map(async (name) => [`_nonmun/${name}`, await readFile(join(folder, name))] as const),
      ),
    );
  } catch (cause) {
    throw new Failure("usage", "What a published site runs in the browser is not built.", {
      advice: "Run: npm run build",
      subject: folder,
      cause,
    });
  }
}

/** Milliseconds between two plain lines. */
const lineEvery = 5000;

function progressOf(terminal: Terminal): (done: number, known: number) => void {
  let last = clock();
  return (done, known) => {
    const line = `Making pages ${done}/${known}`;
    terminal.bar(line);
    if (terminal.interactive || clock() - last < lineEvery) return;
    last = clock();
    terminal.say(line);
  };
}
