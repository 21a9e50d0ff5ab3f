/** Starts the built product as `npm start` does, on a copy of the sample post, with an index and a port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Product {
  readonly url: string;
  /** The content folder, for a test to write in. */
  readonly posts: string;
  /** What it printed so far, both streams. */
  output(): string;
  /** Stops it as Ctrl-C does and resolves with its exit code; the folders are removed. */
  close(): Promise<number | null>;
}

export interface ProductOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** An index to go on with; by default a new one. */
  readonly index?: string;
  /** Folder that the posts are copied from; the sample post by default. */
  readonly content?: string;
}

export async function startProduct({
  environment = {},
  index,
  content,
}: ProductOptions = {}): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-product-"));
  const posts = join(folder, "posts");
  await cp(content ?? join(root, "data", "posts"), posts, { recursive: true });
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "cli", "src", "main.ts"), "serve", posts],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NONMUN_INDEX: index ?? join(folder, "index"),
        HOST: "127.0.0.1",
        PORT: "0",
        ...environment,
      },
    },
  );
  const printed: string[] = [];
  child.stderr.on("data", (data: Buffer) => printed.push(data.toString()));
  child.stdout.on("data", (data: Buffer) => printed.push(data.toString()));
  const output = () => printed.join("");
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await readyUrl(child, output);
  return {
    url,
    posts,
    output,
    async close() {
      child.kill("SIGINT");
      const code = await gone;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const url = /ready on (http:\S+)/u.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", look);
    child.once("exit", (code) =>
      reject(new Error(`The product ended with ${code} before it was ready:\n${output()}`)),
    );
  });
}
