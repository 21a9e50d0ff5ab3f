/** Watches content folders and tells of changes, many at once as one. */
import { basename } from "node:path";
import chokidar from "chokidar";
import { isPostFile } from "../content/list-posts.ts";

export interface WatchOptions {
  /** Milliseconds between looks at the files, where the file system sends no events; null to rely on events. */
  readonly pollMs: number | null;
  /** A burst is told this many milliseconds after its last change. */
  readonly quietMs?: number;
  /** A burst that does not end is told at least this often, in milliseconds. */
  readonly longestMs?: number;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Watching {
  close(): Promise<void>;
}

/** Resolves once the folders are under watch: a change after that is told. */
export async function watchContent(folders: readonly string[], options: WatchOptions): Promise<Watching> {
  const burst = mergeBursts(options.onChange, options.quietMs ?? 200, options.longestMs ?? 2000);
  const watcher = chokidar.watch([...folders], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path: string) => isSkipped(path, folders),
    usePolling: options.pollMs !== null,
    ...(options.pollMs === null ? {} : { interval: options.pollMs, binaryInterval: options.pollMs }),
  });
  watcher.on("all", (event, path) => {
    if (event.endsWith("Dir") || concerns(path)) burst.touch();
  });
  watcher.on("error", options.onError);
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return {
    async close() {
      burst.cancel();
      await watcher.close();
    },
  };
}

/** Posts, pictures and ignore files change what is indexed; other files don't. */
function concerns(path: string): boolean {
  const name = basename(path).toLowerCase();
  return isPostFile(name) || name.endsWith("ignore") || /\.(?:png|jpe?g|gif|webp|avif|svg)$/u.test(name);
}

function isSkipped(path: string, folders: readonly string[]): boolean {
  if (folders.includes(path)) return false;
  const name = basename(path);
  return name === "node_modules" || (name.startsWith(".") && !name.endsWith("ignore"));
}

/** Calls `tell` once a burst of touches is over, or has gone on for `longestMs`. */
export function mergeBursts(tell: () => void, quietMs: number, longestMs: number) {
  let quiet: NodeJS.Timeout | null = null;
  let latest: NodeJS.Timeout | null = null;

  function cancel(): void {
    if (quiet !== null) clearTimeout(quiet);
    if (latest !== null) clearTimeout(latest);
    quiet = null;
    latest = null;
  }
  function fire(): void {
    cancel();
    tell();
  }
  return {
    touch(): void {
      if (quiet !== null) clearTimeout(quiet);
      quiet = setTimeout(fire, quietMs);
      latest ??= setTimeout(fire, longestMs);
    },
    cancel,
  };
}
