import { escapeValue } from "./query-parameters.ts";

export type SqlQuestion = { sql: string; values: Readonly<Record<string, string>> };

/** A question that the server did not answer with rows. `text` is ClickHouse's own error. */
export class SqlRefusedError extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

/** Numbers that JavaScript cannot hold come as texts, and so do decimals: what is shown is what there is. */
const AS_IT_IS = {
  output_format_json_quote_64bit_integers: "1",
  output_format_json_quote_decimals: "1",
  output_format_json_quote_denormals: "1",
};

/** Asks `/clickhouse/` with this browser's session. Throws `SqlRefusedError`, or what `fetch` throws. */
export async function askSql(
  { sql, values }: SqlQuestion,
  { format, signal }: { format: string; signal: AbortSignal },
): Promise<Response> {
  const search = new URLSearchParams({ default_format: format, ...AS_IT_IS });
  for (const [name, value] of Object.entries(values)) search.set(`param_${name}`, escapeValue(value));
  const response = await fetch(`/clickhouse/?${search.toString()}`, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8" },
    credentials: "same-origin",
    body: sql,
    signal,
  });
  if (response.ok) return response;
  throw new SqlRefusedError(response.status, await errorText(response));
}

/** ClickHouse's errors are texts; what stops a request before is a problem with a detail. */
async function errorText(response: Response): Promise<string> {
  const text = await response.text();
  if (response.headers.get("content-type")?.includes("problem+json") !== true) return text;
  const problem: unknown = JSON.parse(text);
  return typeof problem === "object" && problem !== null && "detail" in problem
    ? String(problem.detail)
    : text;
}
