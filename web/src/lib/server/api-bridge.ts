/**
 * The one seam between the page and the API. The process that serves both registers the API as
 * `globalThis[Symbol.for("nonmun.api")]`, a function from Request to Response, before it imports the page's handler;
 * what load functions ask of `/api/…` is then answered in process. Without it (vite dev) requests are forwarded to
 * `NONMUN_API`, by default the address that `npm start` serves on.
 */
export async function askApi(request: Request, fetch: typeof globalThis.fetch): Promise<Response> {
  const registered: unknown = Reflect.get(globalThis, apiSymbol);
  if (typeof registered === "function") {
    const response: unknown = await registered(request);
    if (response instanceof Response) return response;
    throw new TypeError("The registered API did not answer with a Response.");
  }
  const { pathname, search } = new URL(request.url);
  const { NONMUN_API = "http://127.0.0.1:4321" } = process.env;
  const address = new URL(pathname + search, NONMUN_API);
  return fetch(new Request(address, request));
}

/** Under this symbol the serving process registers `(request: Request) => Promise<Response>`. */
export const apiSymbol: symbol = Symbol.for("nonmun.api");

/** True for the paths that the API answers rather than the page. */
export function belongsToApi(pathname: string): boolean {
  return pathname.startsWith("/api/") || pathname.startsWith("/assets/");
}
