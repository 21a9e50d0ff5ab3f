/** Tests of naming a model: folder, name or id; the id is fetched from a Hub that the test runs itself. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DownloadProgress } from "./model-download.ts";
import { defaultModel, locateModel } from "./model-location.ts";

const models = fileURLToPath(new URL("../../../data/models", import.meta.url));
const own = join(models, defaultModel);
const id = "someone/e5-tiny";
const weights = "onnx/model_quantized.onnx";

let cacheFolder: string;
let hub: Server;
/** Paths that were asked for, and what is answered instead of the file. */
let asked: string[];
let answers: Map<string, { readonly status: number; readonly cut?: boolean }>;

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "nonmun-cache-"));
  asked = [];
  answers = new Map();
  hub = createServer(async (request, response) => {
    const path = request.url ?? "";
    const file = path.replace(`/${id}/resolve/main/`, "");
    asked.push(file);
    const answer = answers.get(file) ?? { status: path === `/${id}/resolve/main/${file}` ? 200 : 404 };
    if (answer.status !== 200) return void response.writeHead(answer.status).end("no");
    const bytes = file === weights ? Buffer.from("some weights") : await readFile(join(own, file));
    response.writeHead(200, { "content-length": bytes.length });
    if (answer.cut !== true) return void response.end(bytes);
    response.write(bytes.subarray(0, 4), () => response.destroy());
  });
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
  await rm(cacheFolder, { recursive: true });
});

function locate(model: string, onProgress?: (progress: DownloadProgress) => void) {
  const { port } = hub.address() as AddressInfo;
  const progress = onProgress === undefined ? {} : { onProgress };
  return locateModel(model, { cacheFolder, hub: `http://127.0.0.1:${port}`, ...progress });
}

describe("a folder", () => {
  it.each([
    ["its name", defaultModel],
    ["its path", own],
  ])("is found by %s, without asking the Hub", async (_, model) => {
    expect((await locate(model)).profile).toMatchObject({
      id: defaultModel,
      dimensions: 384,
      maxTokens: 512,
    });
    expect(asked).toEqual([]);
  });

  it("has another fingerprint when a byte of its weights or its constants changes, and the same in another place", async () => {
    const copy = join(cacheFolder, defaultModel);
    await cp(own, copy, { recursive: true });
    const fingerprint = async (folder: string) => (await locate(folder)).profile.fingerprint;
    const original = await fingerprint(own);
    expect(await fingerprint(copy)).toBe(original);
    const path = join(copy, "onnx/model_q4.onnx");
    const bytes = await readFile(path);
    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const changed = await fingerprint(copy);
    await rm(join(copy, "late-interaction.json"));
    expect(new Set([original, changed, await fingerprint(copy)]).size).toBe(3);
  });

  it.each(["./no-such-folder", "/no/such/folder", "no-such-model", ""])(
    "that is not there (%j) is `model-missing`",
    async (model) => {
      await expect(locate(model)).rejects.toMatchObject({ code: "model-missing" });
      expect(asked).toEqual([]);
    },
  );
});

describe("an id", () => {
  it("is downloaded once, with progress up to the whole of each file", async () => {
    const told: DownloadProgress[] = [];
    const files = await locate(id, (progress) => told.push(progress));
    expect(files.profile).toMatchObject({ id, prefixes: { query: "query: ", passage: "passage: " } });
    expect(asked).toEqual(["config.json", "tokenizer.json", "tokenizer_config.json", weights]);
    expect(told.findLast(({ file }) => file === weights)).toEqual({ file: weights, received: 12, total: 12 });
    asked = [];
    expect((await locate(id)).profile).toEqual(files.profile);
    expect(asked).toEqual([]);
  });

  it("goes on where a broken download stopped, and never takes a part for the whole", async () => {
    answers.set(weights, { status: 200, cut: true });
    await expect(locate(id)).rejects.toMatchObject({ code: "model-unreachable", subject: id });
    asked = [];
    answers.clear();
    expect((await locate(id)).profile.id).toBe(id);
    expect(asked).toEqual([weights]);
  });

  it("that the Hub doesn't have, or has without ONNX weights, is `model-missing`", async () => {
    await expect(locate("someone/else")).rejects.toMatchObject({
      code: "model-missing",
      subject: "someone/else",
    });
    answers.set(weights, { status: 404 });
    await expect(locate(id)).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringContaining(weights),
    });
  });

  it("is `model-unreachable` when the Hub fails or is not there", async () => {
    answers.set("config.json", { status: 503 });
    await expect(locate(id)).rejects.toMatchObject({ code: "model-unreachable" });
    const nowhere = locateModel(id, { cacheFolder, hub: "http://127.0.0.1:9" });
    await expect(nowhere).rejects.toMatchObject({
      code: "model-unreachable",
      advice: expect.stringContaining("NONMUN_MODEL"),
    });
  });

  it("is `storage` when the cache can't be written", async () => {
    const file = join(cacheFolder, "file");
    await writeFile(file, "");
    const { port } = hub.address() as AddressInfo;
    const work = locateModel(id, { cacheFolder: file, hub: `http://127.0.0.1:${port}` });
    await expect(work).rejects.toMatchObject({ code: "storage" });
  });
});
