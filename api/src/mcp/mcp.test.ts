/** The MCP server, asked by the official client: over HTTP as agents do, and over a pair of streams as stdio does. */
import { Client, InMemoryTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { describe, expect, test } from "vitest";
import { storeCorpus } from "../testing/corpus.ts";
import { depsOver, emptyLibrary, libraryOver, serveCorpus } from "../testing/server.ts";
import { reviewText } from "./paper-text.ts";
import { createMcpServer } from "./server.ts";
import { serveMcpOverStdio } from "./stdio.ts";

type Connect = () => Promise<Client>;

const overHttp: Connect = async () => {
  const app = await serveCorpus();
  const client = new Client({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL("http://localhost/mcp"), {
    fetch: async (url, init) => app.request(String(url), init),
  });
  await client.connect(transport);
  return client;
};

const overStreams: Connect = async () => {
  const client = new Client({ name: "test", version: "1" });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  serveMcpOverStdio(depsOver(libraryOver(await storeCorpus())), theirs);
  await client.connect(ours);
  return client;
};

describe.each([
  ["over HTTP", overHttp],
  ["over streams", overStreams],
])("MCP %s", (_, connect) => {
  test("lists the tools, all of which only read", async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual([
      "search",
      "get_paper",
      "related",
      "list_orgs",
      "list_posts",
    ]);
    expect(tools.every((tool) => tool.annotations?.readOnlyHint === true)).toBe(true);
    await client.close();
  });

  test("a search leads to the whole review", async () => {
    const client = await connect();
    const found = await client.callTool({ name: "search", arguments: { query: "그림을 그리며", limit: 1 } });
    const id = /id: (\S+)/u.exec(textOf(found))?.[1];
    expect(id).toBe("2025-10-29-papers-review/latent-sketchpad");
    const review = textOf(await client.callTool({ name: "get_paper", arguments: { id } }));
    expect(review).toContain("visual latent reasoning 방법을 제안한다.");
    expect(review).toContain("@misc{arxiv:2510.24514");
    await client.close();
  });

  test("lists are cut and say how many there are", async () => {
    const client = await connect();
    const orgs = textOf(await client.callTool({ name: "list_orgs", arguments: { limit: 1 } }));
    expect(orgs).toBe("3 in all, 1 to 1 shown.\ngoogle: 2 (2025-10-29)");
    await client.close();
  });

  test.each([
    ["get_paper", { id: "none" }, "not-found: There is no paper `none`."],
    ["related", { ids: ["none"] }, "not-found"],
    ["search", { limit: 0 }, "limit"],
    ["search", { from: "yesterday" }, "YYYY-MM-DD"],
    ["search", { query: "추론", orgs: ["google"] }, "orgs"],
  ])("%s with %j is an error in words, not a broken connection", async (name, given, words) => {
    const client = await connect();
    const answer = await client.callTool({ name, arguments: given });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain(words);
    await client.close();
  });
});

test("without an index a tool names the command that makes one", async () => {
  const server = createMcpServer(depsOver(emptyLibrary));
  const client = new Client({ name: "test", version: "1" });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  const answer = await client.callTool({ name: "list_posts", arguments: {} });
  expect(textOf(answer)).toContain("npx nonmun index");
  await client.close();
});

test.each([
  ["https://evil.example", "http://localhost:4321", 403],
  ["http://evil.example:4321", "http://evil.example:4321", 403],
  ["http://localhost:4321", "http://localhost:4321", 200],
])("a page of %s that reaches %s gets %i", async (origin, site, status) => {
  const app = await serveCorpus();
  const answer = await app.request(`${site}/mcp`, {
    method: "POST",
    headers: {
      Origin: origin,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
  expect(answer.status).toBe(status);
});

test("a paragraph that was cut into overlapping chunks is read once", () => {
  const span = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
  const chunk = (ordinal: number, heading: string, text: string) => ({
    id: `a/b#${ordinal}`,
    paperId: "a/b",
    postPath: "a.md",
    ordinal,
    heading: ["제목", heading],
    anchor: "",
    text,
    textStart: 0,
    embedded: text,
    span,
  });
  const shared = "겹치는 부분이 열여섯 글자보다 길다.";
  const text = reviewText([
    chunk(0, "방법", `앞 ${shared}`),
    chunk(1, "방법", `${shared} 뒤`),
    chunk(2, "결과", "끝"),
  ]);
  expect(text).toBe(`## 방법\n\n앞 ${shared} 뒤\n\n## 결과\n\n끝`);
});

function textOf(answer: { readonly content?: readonly unknown[] }): string {
  const [first] = answer.content ?? [];
  const text: unknown =
    typeof first === "object" && first !== null && "text" in first ? first.text : undefined;
  if (typeof text !== "string") throw new Error("the answer has no text");
  return text;
}
