/** What guards every route: rates, headers, origins, methods, and what an error may tell. */
import type { Problem } from "@nonmun/core/contract";
import { Failure, type FailureCode } from "@nonmun/core/model/failure";
import { describe, expect, test } from "vitest";
import { createApp } from "../app.ts";
import type { AppDeps } from "../deps.ts";
import { answers } from "../problems/answers.ts";
import { depsOver, emptyLibrary, type Logged, serveCorpus } from "../testing/server.ts";
import { createTokenBuckets } from "./token-bucket.ts";

/** As `@hono/node-server` passes the connection. */
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

describe("rates", () => {
  const tight = { rateLimits: { search: { burst: 2, perSecond: 0.5 } } };

  test("a client that asks too often gets 429 with the seconds to wait, and may go on after them", async () => {
    let now = 0;
    const app = await serveCorpus({ clock: () => now, options: tight });
    const ask = () => app.request("/api/search", {}, from("192.0.2.1"));
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
    expect(((await refused.json()) as Problem).code).toBe("too-many-requests");
    now = 2000;
    expect((await ask()).status).toBe(200);
  });

  test("other clients are not concerned, and addresses of one IPv6 network are one client", async () => {
    const app = await serveCorpus({ options: { rateLimits: { search: { burst: 1, perSecond: 0.5 } } } });
    const ask = async (address: string) => (await app.request("/api/search", {}, from(address))).status;
    expect(await ask("2001:db8:1:2::1")).toBe(200);
    expect(await ask("2001:db8:1:2:ffff::9")).toBe(429);
    expect(await ask("2001:db8:1:3::1")).toBe(200);
  });

  test("X-Forwarded-For counts behind a trusted proxy alone, and there the last address", async () => {
    const ask = async (options: AppDeps["options"]) => {
      const app = await serveCorpus({
        options: { rateLimits: { search: { burst: 1, perSecond: 1 } }, ...options },
      });
      const statuses: number[] = [];
      for (const header of [
        "198.51.100.1, 192.0.2.7",
        "198.51.100.2, 192.0.2.7",
        "198.51.100.2, 192.0.2.8",
      ]) {
        const headers = { "X-Forwarded-For": header };
        statuses.push((await app.request("/api/search", { headers }, from("203.0.113.1"))).status);
      }
      return statuses;
    };
    expect(await ask({})).toEqual([200, 429, 429]);
    expect(await ask({ trustProxy: true })).toEqual([200, 429, 200]);
  });

  test("a bucket never holds more than its burst, and a clock that runs backwards gives nothing", () => {
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1 });
    expect(buckets.take("a", 1_000_000)).toBe(0);
    expect(buckets.take("a", 0)).toBeGreaterThan(0);
    expect(buckets.take("a", 9_000_000)).toBe(0);
    expect(buckets.take("a", 9_000_000)).toBeGreaterThan(0);
  });
});

describe("origins", () => {
  test("by default no other site may read", async () => {
    const app = await serveCorpus();
    const answer = await app.request("/api/posts", { headers: { Origin: "https://other.example" } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  test("an allowed site may read and ask beforehand, another may not", async () => {
    const app = await serveCorpus({ options: { allowedOrigins: ["https://blog.example"] } });
    const read = (origin: string) => app.request("/api/posts", { headers: { Origin: origin } });
    const allow = "access-control-allow-origin";
    expect((await read("https://blog.example")).headers.get(allow)).toBe("https://blog.example");
    expect((await read("https://other.example")).headers.get(allow)).toBeNull();
    const headers = { Origin: "https://blog.example", "Access-Control-Request-Method": "GET" };
    const preflight = await app.request("/api/posts", { method: "OPTIONS", headers });
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET, HEAD",
    ]);
  });
});

describe("methods", () => {
  test.each(["/api/search", "/api/papers/a/b", "/feed.xml", "/healthz"])(
    "%s refuses POST with Allow",
    async (path) => {
      const app = await serveCorpus();
      const answer = await app.request(path, { method: "POST" });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
      expect(((await answer.json()) as Problem).code).toBe("method-not-allowed");
    },
  );

  test("OPTIONS lists the methods, HEAD has no body", async () => {
    const app = await serveCorpus();
    const options = await app.request("/api/index", { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    const head = await app.request("/api/posts", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("pages can be mounted beside the API and keep their own 404", async () => {
    const app = await serveCorpus();
    app.all("*", (c) => c.text("page", 404));
    const answer = await app.request("/nowhere", { method: "POST" });
    expect([answer.status, await answer.text()]).toEqual([404, "page"]);
    expect(answer.headers.get("content-security-policy")).toBeNull();
  });
});

describe("errors", () => {
  async function answerTo(error: unknown) {
    const logged: Logged[] = [];
    const app = createApp(depsOver({ use: () => Promise.reject(error) }, logged));
    const answer = await app.request("/api/posts");
    return { status: answer.status, text: await answer.text(), logged };
  }

  test("an unexpected error tells the client nothing and the log everything", async () => {
    const error = new Error("secret /home/someone");
    const { status, text, logged } = await answerTo(error);
    expect(status).toBe(500);
    expect(text).not.toContain("secret");
    expect(logged[0]?.details.error).toBe(error);
  });

  test("a storage failure does not show paths of this machine", async () => {
    const { status, text } = await answerTo(
      new Failure("storage", "EACCES /srv/index", { subject: "/srv/index" }),
    );
    expect(status).toBe(503);
    expect(text).not.toContain("/srv");
  });

  test.each(Object.keys(answers) as FailureCode[])("%s has a status that is an error", (code) => {
    expect(answers[code].status).toBeGreaterThanOrEqual(400);
  });

  test("an unknown path below /api is a problem document", async () => {
    const app = await serveCorpus({ library: emptyLibrary });
    const answer = await app.request("/api/nope");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});
