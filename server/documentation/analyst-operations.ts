/** Status by status, what ClickHouse's clients make of it; codes are ClickHouse's own. */
const RESPONSES: Readonly<Record<string, string>> = {
  "200":
    "Rows in the format that was asked for. What fails once they began stands at their end (X-ClickHouse-Exception-Tag)",
  "400":
    "The query is not understood (62, 47, …), or a value of it is not, or a body in blocks was damaged (40), is in none (271) or packed " +
    "otherwise (89)",
  "401": "No valid key (516)",
  "403": "A table, a function, a setting or a statement that is not open to analysts (497, 446, 452, 164)",
  "404": "There is no such table or database (60, 81)",
  "408": "Longer than SQL_MAX_SECONDS (159)",
  "413": "More rows or bytes than allowed (396, 158, 168)",
  "429": "Too many queries of this key run or wait (202); Retry-After",
  "501":
    "A body is packed with what is not spoken here (48): gzip, deflate and br are, and blocks with decompress=1",
  "503": "Too many queries of others run and wait (202), or the disk is nearly full (243); Retry-After",
  "507": "More memory than SQL_MAX_MEMORY_MB (241)",
};

/** `/clickhouse/` speaks ClickHouse's interface and not ours, so no route describes it: this stands beside them. */
export const analystOperations = (): Record<string, Record<string, unknown>> => ({
  get: operation("get"),
  post: operation("post"),
});

function operation(method: "get" | "post"): Record<string, unknown> {
  const query = (name: string, description: string) => ({
    name,
    in: "query",
    required: false,
    description,
    schema: { type: "string" },
  });
  return {
    tags: ["Reports"],
    summary: "SQL of analysts, as ClickHouse's HTTP interface takes it, read-only",
    operationId: `${method}Clickhouse`,
    description:
      "For ClickHouse's own clients, Grafana, Metabase, DBeaver and curl; docs/sql.md says what is open. The key is the password of HTTP " +
      "Basic, X-ClickHouse-Key or a bearer. A signed-in browser asks by POST from the server's own pages.",
    "x-roles": ["analyst", "admin"],
    security: [{ key: [] }, { session: [] }],
    parameters: [
      query("query", "The query, or its beginning; the rest may be the body"),
      query("default_format", "Where the query has no FORMAT: JSON, CSVWithNames, ArrowStream, Parquet, …"),
      query("param_name", "The value of {name:Type} in the query"),
      query("query_id", "Comes back in X-ClickHouse-Query-Id"),
      query("enable_http_compression", "1: the answer is packed as Accept-Encoding says"),
      query(
        "compress",
        "1: the answer comes in ClickHouse's own blocks, LZ4 with checksums, as JDBC drivers ask; errors too",
      ),
      query("decompress", "1: the body is in such blocks, LZ4 or none"),
    ],
    ...(method === "get"
      ? {}
      : { requestBody: { required: false, content: { "text/plain": { schema: { type: "string" } } } } }),
    responses: Object.fromEntries(
      Object.entries(RESPONSES).map(([status, description]) => [
        status,
        { description, content: { "text/plain": { schema: { type: "string" } } } },
      ]),
    ),
  };
}
