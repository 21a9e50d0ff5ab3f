/** The page at `/api/docs`: every route, readable without JavaScript, to be tried with it. */
import { answers } from "../problems/answers.ts";
import { html, type Markup, raw, sentence } from "./html.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { listOperations, type Operation, type Parameter } from "./operations.ts";

export function docsPage(document: OpenApiDocument): string {
  const operations = listOperations(document);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nonmun API</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/docs/docs.css">
<script type="module" src="/api/docs/docs.js"></script>
</head>
<body>
<header>
<h1>Nonmun API</h1>
<p>${sentence(document.info.description ?? "")} Described for programs in <a href="/api/openapi.json">OpenAPI 3.1</a>.
Agents use <code>POST /mcp</code> (Model Context Protocol, streamable HTTP).</p>
</header>
<main>
${operations.map(operationSection)}
<section>
<h2 id="problems">Problems</h2>
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">What it is</th></tr></thead>
<tbody>${Object.entries(answers).map(problemRow)}</tbody>
</table>
</section>
</main>
</body>
</html>
`;
  return page.markup;
}

function operationSection(operation: Operation): Markup {
  const { method, path, summary, description, parameters, answers: statuses } = operation;
  return html`<section>
<h2><code>${method} ${path}</code></h2>
<p>${summary}${description === "" ? "" : ". "}${sentence(description)}</p>
<form method="get" action="${path}" data-method="${method}" data-path="${path}">
${parameters.map(parameterField)}
${operation.isProtected ? html`<label>Token <input name="authorization" type="password" autocomplete="off" data-in="token"></label>` : ""}
${method === "GET" ? html`<button>Try</button>` : raw("<button data-needs-script hidden>Try</button>")}
</form>
<pre hidden tabindex="0" aria-live="polite"></pre>
<ul>${statuses.map(({ status, description: words }) => html`<li><b>${status}</b> ${sentence(words)}</li>`)}</ul>
</section>
`;
}

function parameterField(parameter: Parameter): Markup {
  const { name, place, description, example, choices, isRequired } = parameter;
  const input =
    choices.length > 0
      ? html`<select name="${name}" data-in="${place}"><option></option>${choices.map((choice) => html`<option>${choice}</option>`)}</select>`
      : html`<input name="${name}" data-in="${place}" placeholder="${example}" ${isRequired ? raw("required") : ""}>`;
  return html`<label><span><code>${name}</code> ${sentence(description)}</span> ${input}</label>`;
}

function problemRow([code, { status, title }]: [string, { status: number; title: string }]): Markup {
  return html`<tr id="${code}"><td>${String(status)}</td><td><code>${code}</code></td><td>${title}</td></tr>`;
}
