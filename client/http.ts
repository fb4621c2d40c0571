import type { z } from "zod";
import { ApiProblem, parseProblem } from "./api-problem.ts";
import { withRetries } from "./retries.ts";

export type HttpOptions = {
  /** Where the server answers, such as `https://stock.example`; empty in a page of that server. */
  baseUrl: string;
  /** A bearer key. Without it the browser's session cookie is relied on. */
  key?: string;
  fetch?: typeof globalThis.fetch;
  /** A call without an answer for this long is given up, milliseconds. */
  timeoutMs?: number;
  /** How often a call is tried again that got 429, 503 or no answer, where that does no harm. Default 3. */
  retries?: number;
};

export type QueryValue = string | number | readonly string[] | undefined;

export type CallOptions = {
  query?: Readonly<Record<string, QueryValue>>;
  body?: unknown;
  signal?: AbortSignal;
  /** Makes a change that may be sent again: the server answers what it answered first. */
  idempotencyKey?: string;
  /** The call changes nothing, whatever its method. */
  isReading?: boolean;
};

export type Call = <Schema extends z.ZodType>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  schema: Schema,
  options?: CallOptions,
) => Promise<z.output<Schema>>;

/** One call to the server: parsed by `schema`, or thrown as an {@link ApiProblem}. */
export function createCall(options: HttpOptions): Call {
  const { baseUrl, key, timeoutMs = 15_000, retries = 3 } = options;
  // A bare reference to the global would lose its `this` in browsers.
  const send: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  const attempt: Call = async (method, path, schema, { query = {}, body, signal, idempotencyKey } = {}) => {
    const headers: Record<string, string> = { accept: "application/json" };
    if (key !== undefined) headers["authorization"] = `Bearer ${key}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
    const timeout = AbortSignal.timeout(timeoutMs);
    const init: RequestInit = {
      method,
      headers,
      credentials: "same-origin",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    let response: Response;
    let text: string;
    try {
      response = await send(`${baseUrl}${path}${queryString(query)}`, init);
      text = await response.text();
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw unreachable(timeout.aborted, timeoutMs);
    }
    const answer = text === "" ? null : parseJson(text);
    if (!response.ok) throw parseProblem(response, answer);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw unreadable(method, path, parsed.error.message);
    return parsed.data;
  };

  return (method, path, schema, callOptions = {}) => {
    const { idempotencyKey, isReading = method === "GET", signal } = callOptions;
    return withRetries(() => attempt(method, path, schema, callOptions), {
      retries,
      isRepeatable: isReading || idempotencyKey !== undefined,
      signal,
    });
  };
}

function queryString(query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(isTimeout: boolean, timeoutMs: number): ApiProblem {
  return new ApiProblem({
    type: "about:blank",
    title: "The server can't be reached",
    status: 0,
    detail: isTimeout ? `No answer within ${timeoutMs / 1000} s.` : "The connection failed.",
    code: "unreachable",
    members: {},
  });
}

function unreadable(method: string, path: string, why: string): ApiProblem {
  return new ApiProblem({
    type: "about:blank",
    title: "The answer can't be read",
    status: 0,
    detail: `${method} ${path} answered in a form this client does not know: ${why}`,
    code: "unreadable_answer",
    members: {},
  });
}
