import { defineRoute, type Route } from "../http/route.ts";
import { createAsyncApi } from "./asyncapi.ts";
import { DOCS_CSS, renderDocs } from "./docs-page.ts";
import { createOpenApi } from "./openapi.ts";

const TAG = "Documentation";
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The documents of all routes, these included; made on the first request, since they take some 50 ms. */
export function createDocumentationRoutes(deps: {
  routes: readonly Route[];
  topicRoot: string;
  version: string;
}): Route[] {
  const own: Route[] = [];
  const openapi = once(() => createOpenApi([...deps.routes, ...own], deps.version));
  const asyncapi = once(() => createAsyncApi(deps.topicRoot, deps.version));
  const page = once(() => renderDocs(openapi(), asyncapi()));
  const openapiText = once(() => JSON.stringify(openapi()));
  const asyncapiText = once(() => JSON.stringify(asyncapi()));

  const document = (
    path: string,
    summary: string,
    contentType: string,
    text: () => string,
    headers = {},
  ): Route =>
    defineRoute({
      method: "GET",
      path,
      tag: TAG,
      summary,
      roles: "open",
      answer: { contentType, description: "The document" },
      handle: () => ({ text: text(), contentType, headers: { "cache-control": "no-cache", ...headers } }),
    });

  own.push(
    document("/openapi.json", "The HTTP interface as OpenAPI 3.1", "application/json", openapiText),
    document(
      "/asyncapi.json",
      "MQTT topics and the WebSocket as AsyncAPI 3.0",
      "application/json",
      asyncapiText,
    ),
    document("/docs", "Both, as a page", "text/html; charset=utf-8", page, {
      "content-security-policy": PAGE_POLICY,
    }),
    document("/docs.css", "The page's style", "text/css; charset=utf-8", () => DOCS_CSS),
  );
  return own;
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
