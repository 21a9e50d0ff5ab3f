/** Tests of finding posts: real folders with ignore files, links, and names as macOS writes them. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "@nonmun/core/model/failure";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPostFile, listPosts } from "./list-posts.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "nonmun-list-")));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function paths(...below: readonly string[]): Promise<readonly string[]> {
  const folders = below.length === 0 ? [folder] : below.map((path) => join(folder, path));
  return (await listPosts(folders)).posts.map(({ path }) => path);
}

it("finds Markdown and MDX at every depth, in order, and nothing else", async () => {
  const files = ["b.md", "a/c.MDX", "a/글.markdown", "a/x.txt", "md", "a.md.bak", ".hidden.md"];
  const skipped = ["node_modules/p/README.md", ".git/x.md", "a/.cache/x.md"];
  await write(Object.fromEntries([...files, ...skipped].map((path) => [path, ""])));
  expect(await paths()).toEqual(["a/c.MDX", "a/글.markdown", "b.md"]);
  expect(["a.md", "A.MDX", "글.Markdown", "mdx", "a.md~"].map(isPostFile)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe("an ignore file", () => {
  it("leaves out files and folders below it, and nothing beside it", async () => {
    await write({
      "a/.gitignore": "*.md\n옛글/\n",
      "a/x.md": "",
      "a/x.mdx": "",
      "a/옛글/y.mdx": "",
      "x.md": "",
    });
    expect(await paths()).toEqual(["a/x.mdx", "x.md"]);
  });

  it("further in decides over one further out, both ways", async () => {
    await write({
      ".gitignore": "*.md\n",
      ".nonmunignore": "비공개.mdx\n",
      "x.md": "",
      "비공개.mdx": "",
      "a/.nonmunignore": "!다시.md\n",
      "a/다시.md": "",
      "a/x.md": "",
      "a/비공개.mdx": "",
      "a/b/.gitignore": "다시.md\n",
      "a/b/다시.md": "",
    });
    expect(await paths()).toEqual(["a/다시.md"]);
  });

  it("may take back its own rule, and .nonmunignore that of .gitignore beside it", async () => {
    await write({
      ".gitignore": "*.md\n!a.md\n",
      ".nonmunignore": "!b.md\n",
      "a.md": "",
      "b.md": "",
      "c.md": "",
    });
    expect(await paths()).toEqual(["a.md", "b.md"]);
  });

  it("with a rule that begins at its own folder does not reach deeper", async () => {
    await write({ "a/.gitignore": "/x.md\n", "a/x.md": "", "a/b/x.md": "" });
    expect(await paths()).toEqual(["a/b/x.md"]);
  });
});

it("names decomposed files as people type them, and still opens them as they are stored", async () => {
  const stored = "논문 리뷰.md".normalize("NFD");
  await write({ [stored]: "" });
  const { posts } = await listPosts([folder]);
  expect(posts).toEqual([{ path: "논문 리뷰.md".normalize("NFC"), file: join(folder, stored), folder }]);
});

it("leaves out a decomposed file that a composed rule names", async () => {
  await write({ ".nonmunignore": "초안/\n비밀.md\n", ["비밀.md".normalize("NFD")]: "", "a.md": "" });
  await write({ [`${"초안".normalize("NFD")}/b.md`]: "" });
  expect(await paths()).toEqual(["a.md"]);
});

describe("a link", () => {
  it("to a file is a post, to nowhere it is nothing", async () => {
    await write({ "elsewhere/x.txt": "글", "posts/a.md": "" });
    await symlink(join(folder, "elsewhere/x.txt"), join(folder, "posts/linked.md"));
    await symlink(join(folder, "elsewhere/never.md"), join(folder, "posts/dead.md"));
    const { posts, unreadable } = await listPosts([join(folder, "posts")]);
    expect(posts.map(({ path }) => path)).toEqual(["a.md", "linked.md"]);
    expect(unreadable).toEqual([]);
  });

  it("to a folder is not walked, so that a circle ends", async () => {
    await write({ "posts/a.md": "", "elsewhere/b.md": "" });
    await symlink(join(folder, "posts"), join(folder, "posts/circle"));
    await symlink(join(folder, "elsewhere"), join(folder, "posts/outside"));
    expect(await paths("posts")).toEqual(["a.md"]);
  });

  it("that is the content folder itself is followed", async () => {
    await write({ "posts/a.md": "" });
    await symlink(join(folder, "posts"), join(folder, "link"));
    expect(await paths("link")).toEqual(["a.md"]);
  });
});

describe("several folders", () => {
  it("give their names as the first part of each path, and a number where two have one name", async () => {
    await write({ "x/blog/a.md": "", "y/blog/a.md": "", "노트/a.md": "" });
    expect(await paths("x/blog", "y/blog", "노트")).toEqual(["blog-2/a.md", "blog/a.md", "노트/a.md"]);
  });

  it("are each asked for their own ignore files", async () => {
    await write({ "x/.gitignore": "a.md\n", "x/a.md": "", "y/a.md": "" });
    expect(await paths("x", "y")).toEqual(["y/a.md"]);
  });
});

it("takes a single file, and nothing of a file that is no post", async () => {
  await write({ "글/하나.mdx": "", "글/둘.md": "", "글/x.txt": "" });
  expect((await listPosts([join(folder, "글/하나.mdx")])).posts).toEqual([
    { path: "하나.mdx", file: join(folder, "글/하나.mdx"), folder: join(folder, "글") },
  ]);
  expect(await paths("글/x.txt")).toEqual([]);
});

it("refuses a folder that does not exist by its name", async () => {
  const missing = join(folder, "없음");
  const error = await listPosts([folder, missing]).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ code: "content-missing", subject: missing });
});
