/** What is left unread because it is no post, and what looks like that and is one. */
import { describe, expect, test } from "vitest";
import { isDraftFile } from "./draft-mark.ts";
import { readWithoutRendering } from "./read-for-tests.ts";
import { postBytesMax, refusalOf } from "./refuse.ts";

const post = "# 논문 리뷰\n\n그림을 그리며 추론한다.\n";
const picture = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de", "hex");
/** Bytes without order (a linear congruence, Knuth's MMIX), the same in each run. */
const noise = Uint8Array.from({ length: 4096 }, nextByte(1n));
/** Small numbers of 16 bits, as a recording of silence has them: a NUL in every other byte, like UTF-16. */
const recording = Uint8Array.from({ length: 4096 }, (_, at) => (at % 2 === 0 ? at % 23 : 0));

function nextByte(seed: bigint): () => number {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 56n);
  };
}

describe("a file that is no text", () => {
  test.each([
    ["a picture", picture],
    ["noise", noise],
    ["a recording", recording],
    ["a post with NULs all over", Buffer.from(post.replaceAll(" ", "\0"))],
  ])("%s is left out, and what to do is said", async (_, bytes) => {
    const read = await readWithoutRendering("그림.mdx", bytes);
    expect(read.papers).toEqual([]);
    expect(read.title).toBe("그림");
    expect(read.diagnostics).toMatchObject([{ code: "not-text", severity: "error", file: "그림.mdx" }]);
    expect(read.diagnostics[0]?.advice).toContain(".nonmunignore");
  });

  test("a stray NUL in a post is a character that can't be read, and costs no other word", async () => {
    const read = await readWithoutRendering("글.md", Buffer.from(`${post}\0`));
    expect(read.diagnostics.map(({ code }) => code)).toContain("unreadable-characters");
    expect(read.diagnostics.map(({ code }) => code)).not.toContain("not-text");
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${post}`, "utf16le")],
    ["UTF-16 with a mark, the other way round", Buffer.from(`\uFEFF${post}`, "utf16le").swap16()],
    ["English in UTF-16 without a mark", Buffer.from("# Review\r\nwith many plain letters\r\n", "utf16le")],
    ["an empty file", new Uint8Array()],
  ])("%s is one", (_, bytes) => {
    expect(refusalOf(bytes)).toBeNull();
  });
});

describe("a file larger than the bound", () => {
  const large = new Uint8Array(postBytesMax + 1).fill(0x61);
  large.set(Buffer.from("---\ndraft: true\n---\n"));

  test("is left out, and what to do is said", async () => {
    const read = await readWithoutRendering("덤프.md", large);
    expect(read.papers).toEqual([]);
    expect(read.diagnostics).toMatchObject([{ code: "post-too-large", severity: "error", file: "덤프.md" }]);
    expect(read.diagnostics[0]?.message).toContain("16 MB");
    expect(read.diagnostics[0]?.advice).toContain(".nonmunignore");
  });

  test("is not looked into for a draft's mark", () => {
    expect(isDraftFile("덤프.md", large)).toBe(false);
    expect(isDraftFile("덤프.md", large.subarray(0, 1000))).toBe(true);
  });

  test("is one byte more than what is read", () => {
    expect(refusalOf(large.subarray(0, postBytesMax))).toBeNull();
  });
});
