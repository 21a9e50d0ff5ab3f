/** Tests of the encoder in a thread: the contract, what crosses between the threads, and how the thread and the process end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Failure } from "../model/failure.ts";
import { describeEmbedder } from "../ports/embedder.contract.ts";
import { openTransformersEmbedder } from "./transformers-embedder.ts";
import { openWorkerEmbedder } from "./worker-embedder.ts";

describeEmbedder("the encoder in a thread", () => openWorkerEmbedder(undefined, { threads: 1 }));

it("gives the vectors that the encoder gives on the caller's thread", async () => {
  const [here, there] = [await openTransformersEmbedder(), await openWorkerEmbedder()];
  const texts = ["시각적 잠재 추론", "Latent Sketchpad: 생각하면서 그린다."];
  expect(await there.embed(texts, "passage")).toEqual(await here.embed(texts, "passage"));
  expect(there.profile).toEqual(here.profile);
  await Promise.all([here.close(), there.close()]);
});

it("leaves the caller's thread free while it computes", async () => {
  const embedder = await openWorkerEmbedder(undefined, { threads: 1 });
  const texts = Array.from({ length: 16 }, (_, i) => `${i}번째 글: ${"추론 모델을 학습한다. ".repeat(20)}`);
  await embedder.embed(["논문"], "query");
  let done = false;
  let turns = 0;
  const work = embedder.embed(texts, "passage").finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await work;
  // On the caller's thread each of the batches takes one turn.
  expect(turns).toBeGreaterThan(100);
  await embedder.close();
});

it("answers a query that comes while a long job runs before that job is done", async () => {
  const embedder = await openWorkerEmbedder(undefined, { threads: 1 });
  const order: string[] = [];
  const texts = Array.from({ length: 24 }, (_, i) => `${i}번째 글: ${"추론 모델을 학습한다. ".repeat(20)}`);
  const job = embedder.embed(texts, "passage").then(() => order.push("job"));
  const query = embedder.embed(["추론"], "query").then(() => order.push("query"));
  await Promise.all([job, query]);
  expect(order).toEqual(["query", "job"]);
  await embedder.close();
});

it("carries failures across with code, subject and advice", async () => {
  const failure = await openWorkerEmbedder("no-such-model").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: "model-missing", subject: "no-such-model" });
  expect(failure).toHaveProperty("advice", expect.stringContaining("NONMUN_MODEL"));
});

it("fails what was asked when the thread dies, and starts another for the next request", async () => {
  const embedder = await openWorkerEmbedder(undefined, { threads: 1, heapMb: 48 });
  await embedder.embed(["논문"], "query");
  // More texts than the thread's memory can hold.
  const flood = Array.from({ length: 100_000 }, (_, i) => `${i} `.repeat(100));
  const failure = await embedder.embed(flood, "passage").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: "model-broken", advice: expect.stringContaining("memory") });
  expect(await embedder.embed(["그 뒤에도 된다"], "query")).toHaveLength(1);
  await embedder.close();
});

describe("a process that uses it", () => {
  const url = new URL("./worker-embedder.ts", import.meta.url).href;
  const open = `const { openWorkerEmbedder } = await import(${JSON.stringify(url)});
    const embedder = await openWorkerEmbedder(undefined, { threads: 1 });`;
  const query = 'await embedder.embed(["논문"], "query");';
  const endings = [
    ["ends by itself when it has closed it", `${open} ${query} await embedder.close();`],
    ["ends by itself though it never closes it", `${open} ${query}`],
    [
      "may leave while the thread starts",
      `import(${JSON.stringify(url)}).then((m) => { m.openWorkerEmbedder(); setImmediate(() => process.exit()); });`,
    ],
    ["may leave before the weights are loaded", `${open} embedder.embed(["논문"], "query"); process.exit();`],
    [
      "may leave while the thread computes",
      `${open} ${query} embedder.embed(Array(500).fill("긴 글이다. ".repeat(50)), "passage"); setTimeout(() => process.exit(), 50);`,
    ],
    [
      "may close it while the thread computes",
      `${open} ${query} embedder.embed(Array(500).fill("긴 글이다. ".repeat(50)), "passage").catch(() => undefined); await embedder.close();`,
    ],
    [
      "may close it while the thread has several jobs",
      `${open} ${query} for (const size of [300, 200, 100])
        embedder.embed(Array(size).fill("긴 글이다. ".repeat(50)), "passage").catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100)); await embedder.close();`,
    ],
    [
      "may open it anew again and again",
      `for (let i = 0; i < 3; i++) { ${open} ${query} await embedder.close(); }`,
    ],
  ] as const;
  it.concurrent.each(endings)("%s", async (_, program) => {
    expect(await run(program)).toEqual({ code: 0, signal: null, errors: "" });
  });
});

async function run(program: string) {
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
  const child = spawn(process.execPath, args, { cwd: fileURLToPath(new URL(".", import.meta.url)) });
  let errors = "";
  child.stderr.on("data", (data: Buffer) => {
    errors += data.toString();
  });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { code, signal, errors };
}
