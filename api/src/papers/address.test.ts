/** Which paper an address names, although ids contain slashes. */
import { expect, test } from "vitest";
import { readPaperAddress } from "./address.ts";

test("an id is read with plain and with encoded slashes", () => {
  const reading = [{ id: "a/b/c", part: "review" }];
  expect(readPaperAddress("a/b/c")).toEqual(reading);
  expect(readPaperAddress("a%2Fb%2fc")).toEqual(reading);
});

test("a last `related` is first part of the id, then the part of a paper", () => {
  expect(readPaperAddress("post/related")).toEqual([
    { id: "post/related", part: "review" },
    { id: "post", part: "related" },
  ]);
});

test("with an encoded id the part is the only reading", () => {
  expect(readPaperAddress("post%2Fpaper/bibtex")).toEqual([{ id: "post/paper", part: "bibtex" }]);
});

test("a decomposed Hangul id, as macOS writes it, is the composed one", () => {
  expect(readPaperAddress(encodeURIComponent("post/게임".normalize("NFD")))).toEqual([
    { id: "post/게임", part: "review" },
  ]);
});

test("broken percent-encoding is a bad parameter", () => {
  expect(() => readPaperAddress("a/%E0%A4%A")).toThrow(
    expect.objectContaining({ code: "bad-parameter", subject: "id" }),
  );
});
