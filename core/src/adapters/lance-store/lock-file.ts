/** A lock as a file in a local folder: it is created by linking, so that two can't both create it. */
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Holder, LockSlot } from "./lock.ts";

/** @param name of the file; that of an index's writer by default. */
export function fileSlot(folder: string, name = "writer.lock"): LockSlot {
  const path = join(folder, name);
  const own = (token: string): string => join(folder, `${name}.${token}`);

  const read = async (file = path): Promise<Holder | null> => {
    const text = await orNull(readFile(file, "utf8"), "ENOENT");
    return text === null ? null : parseHolder(text);
  };
  return {
    read,
    async claim(holder) {
      await mkdir(folder, { recursive: true });
      const draft = own(holder.token);
      await writeFile(draft, JSON.stringify(holder));
      try {
        // Linking fails when the name exists, and what appears under it is written whole.
        return (
          (await orNull(
            link(draft, path).then(() => true),
            "EEXIST",
          )) ?? false
        );
      } finally {
        await rm(draft, { force: true });
      }
    },
    async evict(stale) {
      const aside = own(stale.token);
      await orNull(rename(path, aside), "ENOENT");
      // Between reading and renaming another process may have evicted and claimed: then this was its lock.
      const moved = await read(aside);
      if (moved !== null && moved.token !== stale.token) await orNull(link(aside, path), "EEXIST");
      await rm(aside, { force: true });
    },
    async beat(holder) {
      if ((await read())?.token !== holder.token) return;
      const draft = own(holder.token);
      await writeFile(draft, JSON.stringify(holder));
      await rename(draft, path);
    },
    async release(token) {
      if ((await read())?.token === token) await rm(path, { force: true });
    },
  };
}

/** A lock file that makes no sense (cut short by a crash or a full disk) belongs to nobody that lives. */
function parseHolder(text: string): Holder {
  const nobody: Holder = { token: "unreadable", pid: 0, host: "", since: "", beatAt: 0 };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...nobody, ...value } : nobody;
  } catch (cause) {
    if (cause instanceof SyntaxError) return nobody;
    throw cause;
  }
}

async function orNull<T>(work: Promise<T>, code: string): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    if ((cause as { readonly code?: string }).code === code) return null;
    throw cause;
  }
}
