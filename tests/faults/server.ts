/** The built server on any port, as soon as it listens: before the first run is over. */
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { SearchResponse } from "@nonmun/core/contract";
import { flagsOf, type Places, startCommand } from "./process.ts";

/** The server needs the built page; `npm test` builds it first. */
export const isBuilt = existsSync(fileURLToPath(new URL("../../web/build/handler.js", import.meta.url)));

export interface TestServer {
  readonly url: string;
  readonly pid: number;
  output(): string;
  search(query: string, mode?: string): Promise<SearchResponse>;
  /** Resolves when everything that the start found is indexed, and the model is warm. */
  ready(): Promise<void>;
  /** Resolves when `wanted` holds of what `ask` answers, asked again and again. */
  until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

export async function startServer(
  places: Places,
  environment: Readonly<Record<string, string>> = {},
  start = startCommand,
): Promise<TestServer> {
  const running = start(["serve", ...flagsOf(places)], {
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", ...environment },
  });
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    running.child.stderr?.on("data", (data: Buffer) => {
      printed += data.toString();
      const found = /Serving on (http:[^;\s]+)/u.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    running.ended.then(({ code, stderr }) => reject(new Error(`The server ended with ${code}: ${stderr}`)));
  });
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    url,
    pid: running.child.pid ?? 0,
    output: () => printed,
    search: (query, mode = "lexical") =>
      ask(`/api/search?limit=50&mode=${mode}&q=${encodeURIComponent(query)}`),
    async ready() {
      await until(
        () => fetch(`${url}/readyz`),
        (answer) => answer.ok,
      );
    },
    until,
    async close() {
      running.child.kill("SIGTERM");
      await running.ended;
    },
  };
}

async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await pause(25);
  }
}
