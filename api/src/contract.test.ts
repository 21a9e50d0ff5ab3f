/** Holds real answers against the schemas of the OpenAPI document, in which no field may be missing or unnamed. */
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { storeCorpus } from "./testing/corpus.ts";
import { emptyLibrary, serveCorpus } from "./testing/server.ts";

const paper = "/api/papers/2025-10-29-papers-review%2Flatent-sketchpad";

const cases: readonly (readonly [path: string, documented: string, status: number])[] = [
  ["/api/search?q=visual&explain=true&org=microsoft&tag=review&from=2025-01-01", "/api/search", 200],
  ["/api/search", "/api/search", 200],
  ["/api/search?limit=0", "/api/search", 400],
  ["/api/posts?limit=1&offset=1", "/api/posts", 200],
  ["/api/map?page=1", "/api/map", 400],
  [paper, "/api/papers/{id}", 200],
  ["/api/papers/none", "/api/papers/{id}", 404],
  [`${paper}/related`, "/api/papers/{id}/related", 200],
  ["/api/posts", "/api/posts", 200],
  ["/api/orgs", "/api/orgs", 200],
  ["/api/suggest?q=lat", "/api/suggest", 200],
  ["/api/map", "/api/map", 200],
  ["/api/status", "/api/status", 200],
  ["/healthz", "/healthz", 200],
  ["/readyz", "/readyz", 200],
];

describe("answers fit the OpenAPI document", () => {
  test.each(cases)("%s", async (path, documented, status) => {
    const layout = [{ id: "2025-10-29-papers-review/atlas", x: 0.25, y: 1 }];
    const corpus = await storeCorpus(undefined, {
      "map-layout": new TextEncoder().encode(JSON.stringify(layout)),
    });
    const app = await serveCorpus({}, corpus);
    await expectFits(app, path, documented, status);
  });

  test("/readyz while the start is still indexing", async () => {
    const app = await serveCorpus({ ready: () => false });
    await expectFits(app, "/readyz", "/readyz", 503);
  });

  test("without an index", async () => {
    const app = await serveCorpus({ library: emptyLibrary });
    await expectFits(app, "/api/status", "/api/status", 200);
    await expectFits(app, "/api/posts", "/api/posts", 503);
  });

  test("every operation describes what no route can rule out", async () => {
    const document: unknown = await (await (await serveCorpus()).request("/api/openapi.json")).json();
    const paths = Object.values(Object(Reflect.get(Object(document), "paths"))) as readonly object[];
    const operations = paths.flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(15);
    for (const { responses } of operations) expect(responses).toHaveProperty("default");
  });

  test("an answer with a field that the document does not name would not fit", async () => {
    const validate = await validator(await serveCorpus(), "/healthz", 200);
    expect(validate({ status: "ok", more: 1 })).toBe(false);
  });
});

type App = Awaited<ReturnType<typeof serveCorpus>>;

async function expectFits(app: App, path: string, documented: string, status: number): Promise<void> {
  const answer = await app.request(path);
  expect(answer.status).toBe(status);
  const validate = await validator(app, documented, status);
  validate(await answer.json());
  expect(validate.errors ?? []).toEqual([]);
}

async function validator(app: App, path: string, status: number) {
  const document: unknown = close(await (await app.request("/api/openapi.json")).json());
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: "https://nonmun.example/openapi", ...Object(document) });
  const type = status < 300 ? "application~1json" : "application~1problem+json";
  const place = `/paths/${encodeURIComponent(path.replaceAll("/", "~1"))}/get/responses/${status}/content/${type}/schema`;
  return ajv.compile({ $ref: `https://nonmun.example/openapi#${place}` });
}

/** The same document with every object closed: a field that it does not name makes an answer invalid. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== "object" || value === null) return value;
  const closed = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, close(inner)]));
  return "properties" in closed && !("additionalProperties" in closed)
    ? { ...closed, additionalProperties: false }
    : closed;
}
