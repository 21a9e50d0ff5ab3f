/** What answers a request: the API its own paths, the built page the rest; and nobody, what is not for this server. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { type HostRule, isHostAllowed } from "@nonmun/api/guard/hosts";
import { answerMethods } from "@nonmun/api/guard/methods";
import { problemDocument, problemResponse } from "@nonmun/api/problems/problem";

/** The API: a Hono app, asked with Node's request as its environment (client addresses come from there). */
export interface Api {
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface DispatchOptions {
  readonly hosts: HostRule;
  readonly warn: (error: unknown) => void;
}

const apiPaths = [
  "/api",
  "/healthz",
  "/readyz",
  "/mcp",
  "/feed.xml",
  "/sitemap.xml",
  "/opensearch.xml",
  "/robots.txt",
];
const pageMethods = ["GET", "HEAD"];

/** The request that a page is being rendered for. */
const rendering = new AsyncLocalStorage<IncomingMessage>();

export function dispatch(app: Api, pages: Listener, { hosts, warn }: DispatchOptions): Listener {
  const api = getRequestListener((request, env) => unlessGone(request, () => app.fetch(request, env)), {
    errorHandler(error) {
      if (error instanceof RequestError) return refusal("bad-request", "The address can't be read.");
      warn(error);
      return refusal("internal", "This is a bug of Nonmun. The server's log has the details.");
    },
  });
  return (request, response) => {
    if (!readAddress(request)) return send(response, refusal("bad-request", "The address can't be read."));
    readForwarding(request, hosts.behindProxy);
    const refused = refuseHost(request.headers.host, hosts);
    if (refused !== null) return send(response, refused);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (isApiPath(path)) return api(request, response);
    const { method = "GET" } = request;
    if (!pageMethods.includes(method)) return send(response, answerMethods(method, path, pageMethods));
    return rendering.run(request, () => pages(request, response));
  };
}

/**
 * The API for pages that are rendered in this process. It sees the reader's address, not this machine's: readers of pages
 * have a rate each, like those who ask the API themselves.
 */
export function askInProcess(app: Api): (request: Request) => Response | Promise<Response> {
  return (request) => {
    const incoming = rendering.getStore();
    if (incoming === undefined) return app.fetch(request);
    const forwarded = incoming.headers["x-forwarded-for"];
    if (typeof forwarded === "string") request.headers.set("x-forwarded-for", forwarded);
    return app.fetch(request, { incoming });
  };
}

/**
 * A client that has gone cancels its request, which is no failure: the page does so at each key while a search runs.
 * The reason that Node's adapter gives is a text and no `Error`, so that it gets past the error handler of a Hono app.
 */
async function unlessGone(request: Request, answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const { signal } = request;
    if (signal.aborted && error === signal.reason) return refusal("cancelled", "The request was cancelled.");
    throw error;
  }
}

/** Brings an address with scheme and host (`GET http://host/path`, RFC 9112, 3.2.2) into the usual form. False for none. */
function readAddress(request: IncomingMessage): boolean {
  const { url = "" } = request;
  if (url.startsWith("/")) return true;
  const address = /^https?:\/\//iu.test(url) ? URL.parse(url) : null;
  if (address === null) return false;
  request.headers.host = address.host;
  request.url = address.pathname + address.search;
  return true;
}

/** Forgets what a proxy would say, where there is none; behind one the name that it was asked under counts. */
function readForwarding({ headers }: IncomingMessage, behindProxy: boolean): void {
  if (behindProxy) {
    const host = String(headers["x-forwarded-host"] ?? "")
      .split(",")
      .at(-1)
      ?.trim();
    if (host !== undefined && host !== "") headers.host = host;
    return;
  }
  for (const name of Object.keys(headers)) if (name.startsWith("x-forwarded-")) delete headers[name];
}

function refuseHost(host: string | undefined, rule: HostRule): Response | null {
  if (host === undefined) return refusal("bad-request", "There is no `Host`.");
  if (isHostAllowed(host, rule)) return null;
  return refusal(
    "forbidden",
    `This server does not answer to the name ${host}. If it is its own, add it to allowedHosts (NONMUN_ALLOWED_HOSTS).`,
  );
}

function refusal(...[code, detail]: Parameters<typeof problemDocument>): Response {
  return problemResponse(problemDocument(code, detail));
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const length = answer.status === 204 ? {} : { "content-length": body.byteLength };
  const headers = { ...Object.fromEntries(answer.headers), ...length };
  response.writeHead(answer.status, headers).end(body);
}

function isApiPath(path: string): boolean {
  return path.startsWith("/api/") || path.startsWith("/assets/") || apiPaths.includes(path);
}
