/** One port for API and pages. */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "@nonmun/core/model/failure";
import { type Api, askInProcess, type Listener } from "./dispatch.ts";
import { answerUnreadable, headBytesMax } from "./unreadable-request.ts";

export interface Address {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface Serving {
  /** Where it listens: `http://127.0.0.1:4321`. */
  readonly url: string;
  /** Takes no new requests, and lets those that run finish for a while. */
  close(): Promise<void>;
}

/** Milliseconds that requests may take to finish once the server is to stop. A search takes a tenth of a second. */
const finishMs = 2000;

/** @throws Failure `port-in-use`, or `bad-config` when the host is not of this machine. */
export async function serveHttp(listener: Listener, address: Address): Promise<Serving> {
  // A request without a name gets its answer from the listener, in the form of all others.
  const server = createServer({ maxHeaderSize: headBytesMax, requireHostHeader: false }, listener);
  server.on("clientError", answerUnreadable());
  await listen(server, address);
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : address.port;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), finishMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

/**
 * The page's handler, as built into `web/build`. The API is registered first, under the symbol that the page's
 * `api-bridge.ts` looks for, so that rendering on the server asks it without a detour over the network.
 */
export async function loadPages(home: string, app: Api): Promise<Listener> {
  Reflect.set(globalThis, Symbol.for("nonmun.api"), askInProcess(app));
  const path = join(home, "web", "build", "handler.js");
  try {
    const { handler } = (await import(pathToFileURL(path).href)) as { readonly handler: Listener };
    return handler;
  } catch (cause) {
    throw new Failure("usage", "The page is not built, or its build is broken.", {
      advice: "Run: npm run build",
      subject: path,
      cause,
    });
  }
}

function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === "EADDRINUSE";
      reject(
        new Failure(
          inUse ? "port-in-use" : "bad-config",
          inUse
            ? `Port ${port} of ${host} is in use.`
            : `${host}:${port} can't be listened on: ${cause.message}.`,
          {
            advice: inUse
              ? `Stop the other program, or take another port: PORT=${port + 1} npm start`
              : "Check HOST and PORT.",
            subject: String(port),
            cause,
          },
        ),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
