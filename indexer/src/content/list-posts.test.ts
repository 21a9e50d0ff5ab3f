/** Tests of finding posts: which files are posts, which are left out, and by what name each is kept. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listPosts } from "./list-posts.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "nonmun-list-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(...names: readonly string[]): void {
  for (const name of names) writeAs(name, "# 글");
}

function writeAs(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

async function paths(folders: readonly string[] = [root]): Promise<readonly string[]> {
  return (await listPosts(folders)).posts.map(({ path }) => path);
}

test("posts are Markdown files by any of three endings, in folders of any depth, in the order of their paths", async () => {
  write("나.mdx", "가.md", "2025/10/a.markdown", "B.MD", "그림.png", "md", "notes.txt");
  expect(await paths()).toEqual(["2025/10/a.markdown", "B.MD", "가.md", "나.mdx"]);
});

test("hidden files and node_modules are left out", async () => {
  write(".draft.md", ".git/a.md", "node_modules/x/README.md", "a.md");
  expect(await paths()).toEqual(["a.md"]);
});

test("what .gitignore and .nonmunignore name is left out, each below its own folder", async () => {
  write("README.md", "a.md", "old/a.md", "new/a.md", "new/b.md", "new/deep/b.md");
  writeAs(".gitignore", "old/\n");
  writeAs(".nonmunignore", "README.md\n");
  writeAs("new/.nonmunignore", "b.md\n");
  expect(await paths()).toEqual(["a.md", "new/a.md"]);
});

test("a rule nearer to the file takes back one from above", async () => {
  write("a-draft.md", "keep/a-draft.md");
  writeAs(".gitignore", "*-draft.md\n");
  writeAs("keep/.nonmunignore", "!*-draft.md\n");
  expect(await paths()).toEqual(["keep/a-draft.md"]);
});

test("a name that macOS decomposed is kept composed, and its file found as it is spelled", async () => {
  const name = "한글 리뷰.md".normalize("NFD");
  write(name);
  const { posts } = await listPosts([root]);
  expect(posts).toEqual([{ path: "한글 리뷰.md".normalize("NFC"), file: join(root, name), folder: root }]);
});

test("a link to a post is a post; links to folders, in circles and into nothing are passed over", async () => {
  write("posts/a.md", "elsewhere/b.md");
  const posts = join(root, "posts");
  symlinkSync(join(root, "elsewhere", "b.md"), join(posts, "linked.md"));
  symlinkSync(join(root, "elsewhere"), join(posts, "folder"));
  symlinkSync(posts, join(posts, "circle"));
  symlinkSync(join(root, "nothing.md"), join(posts, "dangling.md"));
  expect(await paths([posts])).toEqual(["a.md", "linked.md"]);
});

test("of several folders, each path begins with its folder's name, made unique", async () => {
  write("one/blog/a.md", "two/blog/a.md", "notes/a.md");
  const folders = ["one/blog", "two/blog", "notes"].map((name) => join(root, name));
  expect(await paths(folders)).toEqual(["blog-2/a.md", "blog/a.md", "notes/a.md"]);
});

test("a single file can be given in place of a folder", async () => {
  write("글/a.md", "글/b.md");
  expect(await paths([join(root, "글", "a.md")])).toEqual(["a.md"]);
});

test("a folder that does not exist is a failure that names it", async () => {
  const folder = join(root, "없음");
  await expect(listPosts([folder])).rejects.toMatchObject({ code: "content-missing", subject: folder });
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that can't be looked into is told (skipped for root, who may look everywhere)",
  async () => {
    write("a.md", "locked/b.md");
    const locked = join(root, "locked");
    chmodSync(locked, 0o000);
    const listing = await listPosts([root]);
    chmodSync(locked, 0o700);
    expect(listing.posts.map(({ path }) => path)).toEqual(["a.md"]);
    expect(listing.unreadable).toMatchObject([{ file: locked }]);
  },
);
