/** GitHub's webhook: only what is signed with the secret starts anything. */
import { createHmac } from "node:crypto";
import type { Problem } from "@nonmun/core/contract";
import { expect, test } from "vitest";
import type { AppDeps } from "../deps.ts";
import { createTestIndexing, type Logged, serveCorpus } from "../testing/server.ts";
import { createPushRunner } from "./push-runner.ts";

const secret = "비밀";
const body = JSON.stringify({ ref: "refs/heads/main", note: "한글" });

function delivery(event: string, signedWith = secret): RequestInit {
  const signature = `sha256=${createHmac("sha256", signedWith).update(body).digest("hex")}`;
  const headers = {
    "X-GitHub-Event": event,
    "X-Hub-Signature-256": signature,
    "Content-Type": "application/json",
  };
  return { method: "POST", headers, body };
}

async function deliver(request: RequestInit, changes: Partial<AppDeps> = {}) {
  const indexing = createTestIndexing();
  const app = await serveCorpus({ indexing, webhookSecret: secret, ...changes });
  const answer = await app.request("/api/hooks/github", request);
  return { status: answer.status, answer: (await answer.json()) as Problem, requests: indexing.requests };
}

test("GitHub's own documented example has the signature that is computed here", () => {
  const signature = createHmac("sha256", "It's a Secret to Everybody").update("Hello, World!").digest("hex");
  expect(signature).toBe("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
});

test("a signed push asks for a run", async () => {
  const { status, answer, requests } = await deliver(delivery("push"));
  expect([status, answer]).toEqual([202, { event: "push", outcome: "indexing", job: "job-1" }]);
  expect(requests).toEqual(["job-1"]);
});

test("a ping is answered, another event ignored, and neither starts anything", async () => {
  for (const [event, outcome] of [
    ["ping", "pong"],
    ["issues", "ignored"],
  ] as const) {
    const { status, answer, requests } = await deliver(delivery(event));
    expect([status, answer, requests]).toEqual([200, { event, outcome, job: null }, []]);
  }
});

test("a wrong, missing or changed signature is 401 and starts nothing", async () => {
  const unsigned = { ...delivery("push"), headers: { "X-GitHub-Event": "push" } };
  const changed = { ...delivery("push"), body: `${body} ` };
  for (const request of [delivery("push", "guess"), unsigned, changed]) {
    const { status, answer, requests } = await deliver(request);
    expect([status, answer.code, requests]).toEqual([401, "unauthorized", []]);
  }
});

test("without a secret the hook is off", async () => {
  expect((await deliver(delivery("push"), { webhookSecret: null })).status).toBe(404);
});

test("with a pull switched on the run comes after it; pushes meanwhile become one more pull", async () => {
  const indexing = createTestIndexing();
  const pulls: (() => void)[] = [];
  const push = createPushRunner(indexing, () => new Promise((done) => pulls.push(done)), {
    error: () => undefined,
  });
  expect(push()).toEqual({ outcome: "pulling", job: null });
  push();
  push();
  expect([pulls.length, indexing.requests.length]).toEqual([1, 0]);
  pulls[0]?.();
  await expect.poll(() => [pulls.length, indexing.requests.length]).toEqual([2, 1]);
  pulls[1]?.();
  await expect.poll(() => indexing.requests.length).toBe(2);
  expect(pulls.length).toBe(2);
});

test("a pull that fails is logged, indexes nothing, and does not block the next", async () => {
  const indexing = createTestIndexing();
  const logged: Logged[] = [];
  const log = { error: (message: string, details: Logged["details"]) => logged.push({ message, details }) };
  const results = [Promise.reject(new Error("no network")), Promise.resolve()];
  const push = createPushRunner(indexing, () => results.shift() ?? Promise.resolve(), log);
  push();
  await expect.poll(() => logged.length).toBe(1);
  expect(indexing.requests).toEqual([]);
  push();
  await expect.poll(() => indexing.requests.length).toBe(1);
});
