/** Tests of the one port over real connections: who is answered, by whom, and that every refusal is a problem document. */
import { request as ask } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Api, askInProcess, dispatch, type Listener } from "./dispatch.ts";
import { type Serving, serveHttp } from "./http-server.ts";

/** Says under which address and for which client it was asked. */
const api: Api = {
  fetch: (request, env) =>
    Response.json({
      url: request.url,
      forwarded: request.headers.get("x-forwarded-for"),
      client: Reflect.get(Object(Reflect.get(env ?? {}, "incoming")), "socket")?.remoteAddress ?? null,
    }),
};
/** A page that asks the API while it is rendered, as `api-bridge.ts` does. */
const pages: Listener = async (request, response) => {
  const inner = await askInProcess(api)(new Request("http://site.example/api/search"));
  response.end(JSON.stringify({ host: request.headers.host, api: await inner.json() }));
};

let serving: Serving | undefined;
let warnings: unknown[];

async function start(behindProxy = false): Promise<void> {
  const hosts = { allowed: ["search.lan"], bound: "127.0.0.1", behindProxy };
  const listener = dispatch(api, pages, { hosts, warn: (error) => warnings.push(error) });
  serving = await serveHttp(listener, { host: "127.0.0.1", port: 0 });
}

function port(): number {
  return Number(new URL(serving?.url ?? "").port);
}

beforeEach(() => {
  warnings = [];
});
afterEach(async () => {
  await serving?.close();
  serving = undefined;
  expect(warnings).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = ask({ host: "127.0.0.1", port: port(), path, headers, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => {
        const { statusCode = 0, headers: given } = response;
        resolve({ status: statusCode, type: given["content-type"] ?? "", body: JSON.parse(text || "{}") });
      });
    });
    asked.on("error", reject).end();
  });
}

/** Everything that comes back for bytes that no client library would send. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port(), "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    socket.on("end", () => {
      socket.end();
      resolve(text);
    });
    socket.on("error", reject);
  });
}

describe("names", () => {
  it("answers nobody under a name that is not its own, pages and API alike", async () => {
    await start();
    for (const path of ["/", "/api/search", "/healthz"]) {
      const { status, type, body } = await get(path, { Host: "evil.example" });
      expect([path, status, type, body.code]).toEqual([path, 403, "application/problem+json", "forbidden"]);
    }
    expect((await get("/", { Host: "search.lan" })).status).toBe(200);
    expect((await get("/api/search", { Host: "localhost:4321" })).status).toBe(200);
  });

  it("takes the name from an address that has one, as proxies send it", async () => {
    await start();
    expect((await get("http://evil.example/api/status")).status).toBe(403);
    const { status, body } = await get("http://search.lan/api/status?x=1", { Host: "evil.example" });
    expect([status, body.url]).toEqual([200, "http://search.lan/api/status?x=1"]);
  });
});

describe("a page that asks the API while it is rendered", () => {
  it("asks for its reader, not for this machine", async () => {
    await start();
    const { body } = await get("/", { "X-Forwarded-For": "198.51.100.7" });
    expect(body.api).toMatchObject({ client: "127.0.0.1", forwarded: null });
  });

  it("asks for whom a trusted proxy names", async () => {
    await start(true);
    const { body } = await get("/", {
      "X-Forwarded-For": "198.51.100.7",
      "X-Forwarded-Host": "search.lan",
    });
    expect(body).toMatchObject({ host: "search.lan", api: { forwarded: "198.51.100.7" } });
  });
});

describe("what can't be answered", () => {
  it("is a method that no page has", async () => {
    await start();
    const { status, type, body } = await get("/posts", {}, "POST");
    expect([status, type, body.code]).toEqual([405, "application/problem+json", "method-not-allowed"]);
    expect((await get("/posts", {}, "OPTIONS")).status).toBe(204);
  });

  it.each([
    [
      "an address of a megabyte",
      `GET /api/search?q=${"a".repeat(1_000_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
    ],
    ["no HTTP", "나야\r\n\r\n", 400],
    ["no name", "GET /api/status HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["an address that is none", "GET nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400],
  ])("is %s", async (_, bytes, status) => {
    await start();
    const text = await raw(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `, "u"));
    expect(text.toLowerCase()).toContain("content-type: application/problem+json");
    expect(JSON.parse(text.slice(text.indexOf("\r\n\r\n")))).toMatchObject({ status });
  });
});

it("lets a request that runs have its answer when the server stops, and takes no other", async () => {
  const arrived = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const slow: Api = {
    async fetch() {
      arrived.resolve();
      await answered.promise;
      return Response.json({ late: "답" });
    },
  };
  const hosts = { allowed: [], bound: "127.0.0.1", behindProxy: false };
  const listener = dispatch(slow, pages, { hosts, warn: (error) => warnings.push(error) });
  const stopping = await serveHttp(listener, { host: "127.0.0.1", port: 0 });
  serving = stopping;
  const asked = get("/api/search");
  await arrived.promise;
  const stopped = stopping.close();
  await expect(get("/api/status")).rejects.toThrow("ECONNREFUSED");
  answered.resolve();
  expect((await asked).body).toEqual({ late: "답" });
  await stopped;
  serving = undefined;
});

it("warns of nothing when a client goes before it has its answer", async () => {
  const arrived = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<void>();
  const searching: Api = {
    async fetch({ signal }) {
      arrived.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      // Whoever handles what is thrown does so in the steps before that.
      setImmediate(cancelled.resolve);
      throw signal.reason;
    },
  };
  const hosts = { allowed: [], bound: "127.0.0.1", behindProxy: false };
  const listener = dispatch(searching, pages, { hosts, warn: (error) => warnings.push(error) });
  serving = await serveHttp(listener, { host: "127.0.0.1", port: 0 });
  const client = connect(port(), "127.0.0.1");
  client.write("GET /api/search?q=a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await arrived.promise;
  client.destroy();
  await cancelled.promise;
});
