/** Where addresses of the server go in a folder of files, whatever is in them. */
import { expect, test } from "vitest";
import { fileOf, relativeLink, targetOf } from "./addresses.ts";

test.each([
  ["/", "index.html", ""],
  ["/?q=추론&org=google", "index.html", "?q=%EC%B6%94%EB%A1%A0&org=google"],
  ["/posts", "posts/index.html", ""],
  ["/posts?page=2", "posts/page/2/index.html", ""],
  ["/map?colour=year", "map/year/index.html", ""],
  ["/map?org=google&page=3", "index.html", "?org=google"],
  ["/papers/a/b?q=x#c", "papers/a/b/index.html", "#c"],
  ["/papers/%EB%85%BC%EB%AC%B8/%EA%B0%80", "papers/논문/가/index.html", ""],
  ["/api/papers/a/b/bibtex", "papers/a/b/citation.bib", ""],
  ["/assets/3f.png", "assets/3f.png", ""],
])("%s is the file %s", (address, file, rest) => {
  const target = targetOf(address);
  expect(target === null ? null : fileOf(target.path)).toBe(file);
  expect(target?.rest).toBe(rest);
});

test("file names are in NFC, however the address spells them", () => {
  expect(targetOf(`/papers/${"가".normalize("NFD")}/b`)?.path).toBe("papers/가/b/");
});

test.each([
  "/preferences?theme=dark",
  "/api/docs",
  "/api/search?q=a",
  "//other.example/a",
  "https://other.example/",
  "/papers/%2e%2e%2fx",
  "/papers/%E0%A4%A",
])("%s is no file of the site", (address) => {
  expect(targetOf(address)).toBeNull();
});

test("links are relative to the page, so that the folder works below any path", () => {
  expect(relativeLink("", "posts/")).toBe("./posts/");
  expect(relativeLink("papers/a/b/", "papers/글/c/")).toBe("../../../papers/%EA%B8%80/c/");
});
