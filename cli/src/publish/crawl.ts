/** Asks the server in this process for every address that is linked, and makes the files of the site of its answers. */
import { request } from "node:http";
import { Failure } from "@nonmun/core/model/failure";
import { encoded, fileOf, placeholderOrigin, type Target, targetOf } from "./addresses.ts";
import { linksOf, publishedManifest, publishedPage, withSiteAddress } from "./page.ts";

export interface CrawlOptions {
  /** Port of the server on this machine. */
  readonly port: number;
  readonly locale: "ko" | "en";
  readonly siteAddress: string | null;
  /** Addresses to begin with. What they link to is found. */
  readonly starts: readonly string[];
  readonly onPage: (done: number, known: number) => void;
  readonly signal: AbortSignal;
}

/** Files of the site by their path in the folder. */
export type SiteFiles = Map<string, Uint8Array>;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** Requests at a time: the server renders in this process, so more would only wait. */
const atOnce = 4;

/** @throws Failure `cancelled`; Error when a page fails, which is a bug. What a page leads to and nobody has is left out. */
export async function crawl(options: CrawlOptions): Promise<SiteFiles> {
  const known = new Map<string, Target>();
  const answers = new Map<string, Answer>();
  const queue: Target[] = [];
  const add = (target: Target | null): void => {
    if (target === null || known.has(target.source)) return;
    known.set(target.source, target);
    queue.push(target);
  };
  for (const start of options.starts) add(targetOf(start));
  const missing = await ask("/nothing-is-here", options);
  // It needs a style sheet that no other page has.
  for (const link of linksOf(missing.body.toString())) add(link);
  const work = async (): Promise<void> => {
    for (let target = queue.shift(); target !== undefined; target = queue.shift()) {
      const answer = await ask(target.source, options);
      if (answer.status >= 500) throw new Error(`${target.source} answered ${answer.status}.`);
      if (answer.status !== 200) continue;
      answers.set(target.source, answer);
      if (target.kind === "page") for (const link of linksOf(answer.body.toString())) add(link);
      options.onPage(answers.size, known.size);
    }
  };
  // One that waits for its answer may add to the queue after the others have found it empty.
  while (queue.length > 0) await Promise.all(Array.from({ length: atOnce }, work));
  return filesOf(known, answers, missing, options);
}

function filesOf(
  known: ReadonlyMap<string, Target>,
  answers: ReadonlyMap<string, Answer>,
  missing: Answer,
  { siteAddress }: CrawlOptions,
): SiteFiles {
  const files: SiteFiles = new Map();
  for (const [source, { body, type }] of answers) {
    const { kind, path } = known.get(source) ?? { kind: "file", path: source };
    const at = fileOf(path);
    if (kind === "page") {
      files.set(at, bytes(publishedPage(body.toString(), { page: path, siteAddress })));
    } else if (/^(?:application|text)\/(?:\w+\+)?xml/u.test(type) || source === "/robots.txt") {
      if (siteAddress !== null) files.set(at, bytes(withSiteAddress(body.toString(), siteAddress)));
    } else if (source === "/manifest.webmanifest") {
      const start = answers.get("/")?.body.toString() ?? "";
      files.set(at, bytes(publishedManifest(body.toString(), start)));
    } else files.set(at, body);
  }
  const rootPath = siteAddress === null ? "/" : `${new URL(siteAddress).pathname.replace(/\/$/u, "")}/`;
  const options = { page: "", siteAddress, rootPath };
  files.set("404.html", bytes(publishedPage(missing.body.toString(), options)));
  files.set(".nojekyll", new Uint8Array());
  return files;
}

/** Asks for the page as it is on a published site, which promises no search by meaning. */
function ask(path: string, { port, locale, signal }: CrawlOptions): Promise<Answer> {
  const headers = {
    host: new URL(placeholderOrigin).host,
    cookie: `nonmun-locale=${locale}; nonmun-published=1`,
    accept: "*/*",
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: asciiPath(path), headers, signal }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers["content-type"] ?? "",
          body: Buffer.concat(parts),
        }),
      );
    });
    asked.once("error", (error) =>
      reject(signal.aborted ? new Failure("cancelled", "The publication was stopped.") : error),
    );
    asked.end();
  });
}

/** Addresses are percent-encoded already; what is not is brought into that form. */
function asciiPath(path: string): string {
  return /^[!-~]*$/u.test(path) ? path : encoded(path).replaceAll("%25", "%");
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
