/** Asking for a run, and following it. */
import type { IndexJob, Problem } from "@nonmun/core/contract";
import { type IndexProgress, idleProgress } from "@nonmun/core/model/progress";
import { describe, expect, test } from "vitest";
import { createTestIndexing, serveCorpus } from "../testing/server.ts";

const post = (token?: string): RequestInit => ({
  method: "POST",
  headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
});

describe("POST /api/index", () => {
  test("with the token a run is asked for, and the answer says where to follow it", async () => {
    const indexing = createTestIndexing();
    const app = await serveCorpus({ indexing, token: "right" });
    const answer = await app.request("/api/index", post("right"));
    expect(answer.status).toBe(202);
    expect((await answer.json()) as IndexJob).toEqual({ job: "job-1", events: "/api/index/events" });
    expect(indexing.requests).toEqual(["job-1"]);
  });

  test.each([
    ["no token", "right", undefined],
    ["a wrong token", "right", "wrong"],
    ["a longer token that begins right", "right", "right!"],
    ["any token on a server without one", null, "right"],
  ])("%s is 401 and starts nothing", async (_, token, given) => {
    const indexing = createTestIndexing();
    const app = await serveCorpus({ indexing, token });
    const answer = await app.request("/api/index", post(given));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /u);
    expect(((await answer.json()) as Problem).detail).toContain("NONMUN_TOKEN");
    expect(indexing.requests).toEqual([]);
  });

  test("a server that only reads says where to index instead", async () => {
    const app = await serveCorpus({ token: "right" });
    const answer = await app.request("/api/index", post("right"));
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([409, "read-only"]);
  });
});

describe("GET /api/index/events", () => {
  const embedding = (done: number): IndexProgress => ({
    ...idleProgress,
    phase: "embedding",
    done,
    total: 9,
  });

  async function follow(changes: Parameters<typeof serveCorpus>[0] = {}) {
    const indexing = createTestIndexing();
    const app = await serveCorpus({ indexing, ...changes });
    const client = new AbortController();
    const answer = await app.request("/api/index/events", { signal: client.signal });
    const bytes = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
    const reader = {
      async read() {
        const { done, value } = await bytes.read();
        return { done, value: value === undefined ? "" : new TextDecoder().decode(value) };
      },
      cancel: () => bytes.cancel(),
    };
    return { indexing, client, answer, reader };
  }

  test("tells the present state at once, then each change", async () => {
    const { indexing, answer, reader } = await follow();
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect((await reader.read()).value).toBe(`event: progress\ndata: ${JSON.stringify(idleProgress)}\n\n`);
    indexing.tell(embedding(3));
    expect((await reader.read()).value).toContain('"done":3');
  });

  test("a slow reader gets the newest state, not a queue of old ones", async () => {
    const { indexing, reader } = await follow();
    for (let done = 1; done <= 100; done++) indexing.tell(embedding(done));
    let text = "";
    while (!text.includes('"done":100,')) text += (await reader.read()).value;
    expect(text.match(/event: progress/gu)?.length).toBeLessThan(10);
  });

  test("shows a sign of life while nothing happens", async () => {
    const { reader } = await follow({ options: { heartbeatMs: 1 } });
    let text = "";
    while (!text.includes(": still here\n\n")) text += (await reader.read()).value;
    await reader.cancel();
  });

  test("ends, and forgets its listener, when the client leaves or the server shuts down", async () => {
    const shutdown = new AbortController();
    const first = await follow();
    const second = await follow({ options: { shutdown: shutdown.signal } });
    first.client.abort();
    shutdown.abort();
    for (const { indexing, reader } of [first, second]) {
      while (!(await reader.read()).done);
      expect(indexing.listeners.size).toBe(0);
    }
  });

  test("a cancelled reader is forgotten too", async () => {
    const { indexing, reader } = await follow();
    await reader.read();
    expect(indexing.listeners.size).toBe(1);
    await reader.cancel();
    expect(indexing.listeners.size).toBe(0);
  });

  test("HEAD opens no stream", async () => {
    const indexing = createTestIndexing();
    const app = await serveCorpus({ indexing });
    expect((await app.request("/api/index/events", { method: "HEAD" })).status).toBe(200);
    expect(indexing.listeners.size).toBe(0);
  });
});
