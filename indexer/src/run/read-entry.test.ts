/** What is stored of a post that changes while it is indexed. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { expect, it } from "vitest";
import { findPosts } from "./find-posts.ts";
import { readEntry, readerId } from "./read-entry.ts";

it("gives a post that was changed after it was found the hash of what was read, so that changing it back is seen", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-read-"));
  const options = { drafts: false, orgAliases: new Map<string, string>() };
  const write = (text: string) => writeFile(join(folder, "글.md"), `# 리뷰\n\n## 논문\n\n${text}\n`);
  const find = async () => {
    const found = (await findPosts([folder], readerId(options))).posts.get("글.md");
    if (found === undefined) throw new Error("The post was not found.");
    return found;
  };
  try {
    await write("처음 글이다.");
    const before = await find();
    await write("바뀐 글이다.");
    const entry = await readEntry(before, createHashEmbedder(), options);
    await write("처음 글이다.");
    const stored = entry.kind === "entry" ? entry.post.hash : "";
    expect(stored).toHaveLength(32);
    expect(stored).not.toBe((await find()).hash);
    await write("바뀐 글이다.");
    expect(stored).toBe((await find()).hash);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
