/** One paper: its review, its neighbours, its BibTeX. */
import type { PaperDetail, Problem, RelatedResponse } from "@nonmun/core/contract";
import { expect, test } from "vitest";
import { storeCorpus } from "../testing/corpus.ts";
import { serveCorpus } from "../testing/server.ts";

const latent = "/api/papers/2025-10-29-papers-review/latent-sketchpad";

async function detailOf(path: string): Promise<PaperDetail> {
  const app = await serveCorpus();
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as PaperDetail;
}

test("a review comes with its neighbours in the post and its place in the blog", async () => {
  const paper = await detailOf("/api/papers/2025-10-29-papers-review/atlas");
  expect(paper.previous?.id).toBe("2025-10-29-papers-review/latent-sketchpad");
  expect(paper.next?.title).toBe("게임 에이전트");
  expect(paper.sourceHref).toBe("https://blog.example/docs/2025-10-29-papers-review#atlas");
  expect((await detailOf(latent)).previous).toBeNull();
});

test("other reviews of the same arXiv paper are named", async () => {
  const { sameArxivId } = await detailOf("/api/papers/2025-10-29-papers-review/atlas");
  expect(sameArxivId.map((paper) => paper.id)).toEqual(["archive/2025-09-01-papers-review/atlas-again"]);
});

test("a paper of a post in a folder, and one with a Korean id, are found", async () => {
  expect((await detailOf("/api/papers/archive/2025-09-01-papers-review/atlas-again")).title).toBe(
    "ATLAS <again> & more",
  );
  expect(
    (await detailOf(`/api/papers/2025-10-29-papers-review/${encodeURIComponent("게임-에이전트")}`)).orgs,
  ).toEqual(["bytedance", "google"]);
});

test("a paper whose slug is `related` wins over the part of that name", async () => {
  const papers = [
    { slug: "related", title: "Related", text: "관련" },
    { slug: "other", title: "Other", text: "다른" },
  ];
  const app = await serveCorpus({}, await storeCorpus([{ path: "post.md", date: null, papers }]));
  expect(((await (await app.request("/api/papers/post/related")).json()) as PaperDetail).title).toBe(
    "Related",
  );
  const part = (await (await app.request("/api/papers/post/related/related")).json()) as RelatedResponse;
  expect(part.related.map(({ paper }) => paper.title)).toEqual(["Other"]);
});

test("an unknown paper is 404, also of a known post", async () => {
  const app = await serveCorpus();
  for (const path of ["/api/papers/none", "/api/papers/2025-10-29-papers-review", `${latent}x/bibtex`]) {
    const answer = await app.request(path);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as Problem).code).toBe("not-found");
  }
});

test("BibTeX comes as UTF-8 with a file name", async () => {
  const app = await serveCorpus();
  const answer = await app.request(`${latent}/bibtex`);
  expect(answer.headers.get("content-type")).toBe("application/x-bibtex; charset=utf-8");
  expect(await answer.text()).toContain("eprint = {2510.24514}");
});

test("an unchanged generation is answered with 304 and no body, a newer one is not", async () => {
  const corpus = await storeCorpus();
  const app = await serveCorpus({}, corpus);
  const tag = (await app.request(latent)).headers.get("etag") ?? "";
  const again = await app.request(latent, { headers: { "If-None-Match": tag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);

  const { manifest } = (await corpus.store.open()) ?? { manifest: null };
  if (manifest === null) throw new Error("the corpus has no index");
  const writer = await corpus.store.writer(manifest.recipe);
  await writer.write({ put: [], remove: ["archive/2025-09-01-papers-review.md"] });
  await writer.publish({ complete: true, lastRun: manifest.lastRun, modelId: manifest.modelId });
  await writer.close();
  expect((await app.request(latent, { headers: { "If-None-Match": tag } })).status).toBe(200);
});
