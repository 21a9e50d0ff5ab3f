/** Serves the built page with the fake API on one port, as the product does with the real one. Run: `node serve-fake.ts [port]`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { fakeApi } from "./fake-api.ts";

export interface FakeSite {
  readonly url: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
type Api = (request: Request) => Promise<Response>;

/** Starts on `port`, or any free one. `web/build` must have been made. */
export async function serveFake({
  port = 0,
  api = fakeApi,
}: {
  port?: number;
  api?: Api;
} = {}): Promise<FakeSite> {
  Reflect.set(globalThis, Symbol.for("nonmun.api"), (request: Request) => api(request));
  const build = new URL("../../../build/handler.js", import.meta.url);
  const { handler } = (await import(build.href)) as { handler: Handler };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (!/^\/(?:api|assets)\//u.test(path))
      return handler(request, response, () => response.writeHead(404).end());
    void api(new Request(new URL(path, "http://127.0.0.1"))).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await serveFake({ port: Number(process.argv[2] ?? 4399) });
  console.log(url);
}
