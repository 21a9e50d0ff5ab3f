/** What starts a run of a server: a request with the token, and a signed push that is pulled first. */
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IndexProgress } from "@nonmun/core/model/progress";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOf, writePost } from "./posts.ts";
import { below } from "./process.ts";
import { isBuilt, startServer } from "./server.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-triggers-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Git without the settings of whoever runs the tests. */
function git(at: string, ...args: readonly string[]): void {
  const settings = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.org",
    "-c",
    "commit.gpgsign=false",
  ];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  execFileSync("git", [...settings, "-C", at, ...args], { stdio: "pipe", env });
}

describe.skipIf(!isBuilt)("a server (skipped while the page is not built)", () => {
  it("pulls and indexes when a signed push arrives, and refuses one that is not signed", async () => {
    const origin = join(folder, "origin.git");
    const author = join(folder, "author");
    const places = below(folder, "clone");
    await mkdir(origin);
    git(origin, "init", "--quiet", "--bare", "--initial-branch=main");
    await writePost(author, pathOf(0), 1);
    git(author, "init", "--quiet", "--initial-branch=main");
    git(author, "remote", "add", "origin", origin);
    const push = (): void => {
      git(author, "add", ".");
      git(author, "commit", "--quiet", "--message=글");
      git(author, "push", "--quiet", "origin", "main");
    };
    push();
    git(folder, "clone", "--quiet", origin, places.content);
    const secret = "비밀";
    const server = await startServer(places, {
      NONMUN_WEBHOOK_SECRET: secret,
      NONMUN_PULL_ON_PUSH: "true",
    });
    try {
      await server.ready();
      await writePost(author, pathOf(1), 2);
      push();
      const body = JSON.stringify({ ref: "refs/heads/main" });
      const announce = (signature: string) =>
        fetch(`${server.url}/api/hooks/github`, {
          method: "POST",
          body,
          headers: {
            "content-type": "application/json",
            "x-github-event": "push",
            "x-hub-signature-256": `sha256=${signature}`,
          },
        });
      expect((await announce("0".repeat(64))).status).toBe(401);
      expect((await announce(createHmac("sha256", secret).update(body).digest("hex"))).status).toBe(202);
      const answer = await server.until(
        () => server.search("round2"),
        ({ results }) => results.some(({ paper }) => paper.title.includes("round2")),
      );
      expect(answer.results.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  }, 60_000);

  it("runs when asked with the token, and tells the run's phases in their order", async () => {
    const places = below(folder, "asked");
    await writePost(places.content, pathOf(0), 1);
    const token = "a-token-of-this-test";
    // A server that looks at the files once an hour finds the change only because it is asked to.
    const server = await startServer(places, { NONMUN_TOKEN: token, NONMUN_POLL_MS: "3600000" });
    const stop = new AbortController();
    try {
      await server.ready();
      const events = await fetch(`${server.url}/api/index/events`, { signal: stop.signal });
      await writePost(places.content, pathOf(0), 2);
      const ask = (word: string) =>
        fetch(`${server.url}/api/index`, { method: "POST", headers: { authorization: `Bearer ${word}` } });
      expect((await ask("another")).status).toBe(401);
      expect((await ask(token)).status).toBe(202);
      const phases: string[] = [];
      for await (const progress of progressFrom(events)) {
        if (progress.phase !== phases.at(-1)) phases.push(progress.phase);
        if (phases.includes("writing") && progress.phase === "done") break;
      }
      const wanted = ["reading", "embedding", "writing", "done"];
      expect(phases.filter((phase) => wanted.includes(phase)).slice(-4)).toEqual(wanted);
      await server.until(
        () => server.search("round2"),
        ({ results }) => results.some(({ paper }) => paper.title.includes("round2")),
      );
    } finally {
      stop.abort();
      await server.close();
    }
  }, 60_000);
});

async function* progressFrom(events: Response): AsyncGenerator<IndexProgress> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of events.body ?? []) {
    rest += decoder.decode(bytes, { stream: true });
    const parts = rest.split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const data = /^data: ?(.*)$/mu.exec(part)?.[1];
      if (data !== undefined) yield JSON.parse(data) as IndexProgress;
    }
  }
}
