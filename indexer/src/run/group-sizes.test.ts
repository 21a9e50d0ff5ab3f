/** Tests of how posts fall into groups: soon a first one, then few and large ones, and a small one at the end. */
import { postEntry } from "@nonmun/core/ports/index-store.fixtures";
import { expect, it } from "vitest";
import { createGroupSizes } from "./group-sizes.ts";

/** Posts of `chunks` chunks each, with a picture of `assetBytes` if that isn't 0. */
function posts(count: number, chunks: number, assetBytes = 0) {
  const texts = Array.from({ length: chunks }, (_, at) => `글 ${at}`);
  const assets =
    assetBytes === 0 ? [] : [{ id: "a.png", mediaType: "image/png", bytes: new Uint8Array(assetBytes) }];
  const entry = postEntry({ path: "a.md", texts, assets });
  return Array.from({ length: count }, () => ({ ...entry, size: 1000 * chunks }));
}

/** Chunks of each group, the rest at the end too. */
function groupsOf(all: ReturnType<typeof posts>, bytes = all.reduce((sum, { size }) => sum + size, 0)) {
  const sizes = createGroupSizes(bytes);
  const groups = [0];
  for (const post of all) {
    groups[groups.length - 1] = (groups.at(-1) ?? 0) + post.chunks.length;
    if (sizes.isEnough(post)) groups.push(0);
  }
  return groups.filter((chunks) => chunks > 0);
}

it("begins small, grows to a limit and ends small", () => {
  expect(groupsOf(posts(1000, 1))).toEqual([16, 64, 256, 256, 204, 102, 64, 38]);
});

it("puts posts of many chunks whole into a group", () => {
  expect(groupsOf(posts(4, 300))).toEqual([300, 300, 300, 300]);
});

it("keeps a small job in one or two groups", () => {
  expect(groupsOf(posts(12, 1))).toEqual([12]);
  expect(groupsOf(posts(40, 1))).toEqual([16, 24]);
});

it("closes a group whose pictures are large", () => {
  expect(groupsOf(posts(20, 1, 9 * 2 ** 20))).toEqual(Array.from({ length: 10 }, () => 2));
});

it("goes on when files grew since they were listed, or are empty", () => {
  expect(groupsOf(posts(40, 1), 1000)).toEqual([16, 24]);
  expect(groupsOf(posts(3, 0), 0)).toEqual([]);
});
