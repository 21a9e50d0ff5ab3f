/** The page to try the API: complete, and without anything from elsewhere. */
import { expect, test } from "vitest";
import { serveCorpus } from "../testing/server.ts";
import { html, sentence } from "./html.ts";

test("names every route of the OpenAPI document, and every problem code", async () => {
  const app = await serveCorpus();
  const document = (await (await app.request("/api/openapi.json")).json()) as {
    openapi: string;
    paths: object;
  };
  expect(document.openapi).toBe("3.1.0");
  const page = await (await app.request("/api/docs")).text();
  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  expect(page).toContain('id="too-many-requests"');
});

test("asks for nothing inline and nothing of another host", async () => {
  const app = await serveCorpus();
  const answer = await app.request("/api/docs");
  const page = await answer.text();
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none';/u);
  expect(page).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//u);
  expect(page).not.toMatch(/ style="| on\w+="|<style|<script>/u);
  for (const [, file] of page.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/gu)) {
    expect((await app.request(file ?? "")).status).toBe(200);
  }
});

test("text is escaped, markup is not", () => {
  expect(html`<b title="${'"'}">${"<"}${html`<i>${"&"}</i>`}</b>`.markup).toBe(
    '<b title="&quot;">&lt;<i>&amp;</i></b>',
  );
});

test("backticks in a sentence become code, whatever is between them", () => {
  expect(sentence("`<b>` names it").markup).toBe("<code>&lt;b&gt;</code> names it");
});
