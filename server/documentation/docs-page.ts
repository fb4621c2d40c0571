import { html } from "hono/html";
import { PROBLEMS } from "../problems.ts";
import type { createAsyncApi } from "./asyncapi.ts";
import type { createOpenApi } from "./openapi.ts";

type OpenApi = ReturnType<typeof createOpenApi>;
type AsyncApi = ReturnType<typeof createAsyncApi>;
type Html = ReturnType<typeof html>;

/** A page of both documents and the errors, rendered here: no script, no other host, readable without a network. */
export function renderDocs(openapi: OpenApi, asyncapi: AsyncApi): string {
  const byTag = new Map<string, Html[]>();
  for (const [path, operations] of Object.entries(openapi.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = String((operation["tags"] as string[])[0]);
      byTag.set(tag, [...(byTag.get(tag) ?? []), renderOperation(method, path, operation)]);
    }
  }
  const tags = [...byTag.keys()];
  const page: { toString(): string } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Onhand: interfaces</title>
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<header>
<h1>Onhand: interfaces</h1>
<p>${openapi.info.description}</p>
<p>Version ${openapi.info.version}. For programs: <a href="/openapi.json">OpenAPI 3.1</a>, <a href="/asyncapi.json">AsyncAPI 3.0</a>.</p>
<nav aria-label="Contents"><ul>
${tags.map((tag) => html`<li><a href="#${slug(tag)}">${tag}</a></li>`)}
<li><a href="#topics">MQTT and WebSocket</a></li>
<li><a href="#problems">Errors</a></li>
</ul></nav>
</header>
<main>
<p>Send a key as <code>Authorization: Bearer oh_…</code>. Times are RFC 3339 in UTC with milliseconds, quantities whole units, a GTIN a string of 14 digits.</p>
${[...byTag].map(([tag, operations]) => html`<section><h2 id="${slug(tag)}">${tag}</h2>${operations}</section>`)}
<section><h2 id="topics">MQTT and WebSocket</h2>${renderChannels(asyncapi)}</section>
<section><h2 id="problems">Errors</h2>${renderProblems()}</section>
</main>
</body>
</html>`;
  return page.toString();
}

function renderOperation(method: string, path: string, operation: Record<string, unknown>): Html {
  const roles = operation["x-roles"];
  const parameters = operation["parameters"] as {
    name: string;
    in: string;
    required: boolean;
    schema: unknown;
  }[];
  return html`<details id="${String(operation["operationId"])}">
<summary><code class="method ${method}">${method.toUpperCase()}</code> <code>${path}</code> <span>${operation["summary"]}</span></summary>
${operation["description"] === undefined ? "" : html`<p>${operation["description"]}</p>`}
<p>Roles: ${Array.isArray(roles) ? roles.join(", ") : "none needed"}.</p>
${
  parameters.length === 0
    ? ""
    : html`<table><thead><tr><th>Parameter</th><th>In</th><th>Form</th></tr></thead><tbody>
${parameters.map(
  (one) =>
    html`<tr><td><code>${one.name}</code>${one.required ? "" : " (optional)"}</td><td>${one.in}</td><td><code>${JSON.stringify(one.schema)}</code></td></tr>`,
)}</tbody></table>`
}
${renderSchema("Body", bodyOf(operation["requestBody"]))}
${Object.entries(operation["responses"] as Record<string, { description: string }>).map(
  ([status, response]) =>
    Number(status) < 400
      ? html`<h4>${status}: ${response.description}</h4>${renderSchema("Answer", bodyOf(response))}`
      : html`<h4>${status}</h4><p>${response.description}</p>`,
)}
</details>`;
}

function bodyOf(holder: unknown): unknown {
  const content = (holder as { content?: Record<string, { schema?: unknown }> } | undefined)?.content;
  return content === undefined ? undefined : Object.values(content)[0]?.schema;
}

function renderSchema(name: string, schema: unknown): Html | string {
  if (schema === undefined) return "";
  return html`<details class="schema"><summary>${name}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`;
}

function renderChannels(asyncapi: AsyncApi): Html[] {
  return Object.entries(asyncapi.channels).map(([name, channel]) => {
    const verb = Object.values(asyncapi.operations).find(
      (operation) => (operation as { channel: { $ref: string } }).channel.$ref === `#/channels/${name}`,
    );
    const isIn = (verb as { action?: string } | undefined)?.action === "receive";
    return html`<details id="topic-${name}">
<summary><code class="method">${isIn ? "IN" : "OUT"}</code> <code>${channel.address}</code> <span>${channel.summary}</span></summary>
${renderSchema("Payload", channel.messages[name]?.payload)}
</details>`;
  });
}

function renderProblems(): Html {
  const rows = Object.entries(PROBLEMS).map(
    ([code, problem]) =>
      html`<tr id="problem-${code}"><td><code>${code}</code></td><td>${problem.status}</td><td>${problem.title}</td><td>${problem.remedy}</td></tr>`,
  );
  return html`<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>What to do</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function slug(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** Colours follow the system's light or dark setting. */
export const DOCS_CSS = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--ground:#fff;--panel:#f6f8fa;--accent:#0550ae}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--line:#30363d;--ground:#0d1117;--panel:#161b22;--accent:#79c0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
details{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0;padding:.4rem .8rem}
details[open]{background:var(--panel)}
summary{cursor:pointer}
summary span{color:var(--soft)}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font:.875rem/1.5 ui-monospace,monospace}
.method{font-weight:700}
pre{overflow:auto;max-height:30rem}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
td code{overflow-wrap:anywhere}
tr:target{background:var(--panel)}`;
