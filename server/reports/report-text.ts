import type { ReportHeader, ReportRow } from "../../domain/reports/report.ts";
import type { PreparedReport, ReportRunner } from "./report-runner.ts";

const encoder = new TextEncoder();

/** The answer in JSON, row by row as they come; `n` stands after the rows. */
export async function* jsonText(
  runner: ReportRunner,
  { header, resolved, generatedAtMs, dataThrough, query, comparison }: PreparedReport,
): AsyncGenerator<Uint8Array> {
  const begin = {
    report: header,
    parameters: resolved.parameters,
    window: resolved.window,
    currency: resolved.currency,
    generatedAt: new Date(generatedAtMs).toISOString(),
    dataThrough,
    sql: query.sql,
    sqlParameters: query.params,
  };
  yield* rowsText(`${JSON.stringify(begin).slice(0, -1)},`, runner.rows(query));
  if (comparison === null) yield encoder.encode(',"comparison":null}');
  else {
    const { kind, window } = comparison;
    const beginning = `,"comparison":${JSON.stringify({ kind, window }).slice(0, -1)},`;
    yield* rowsText(beginning, runner.rows(comparison.query));
    yield encoder.encode("}}");
  }
}

/** Nothing is said before the first rows are there: until then a failure can be answered as one. */
async function* rowsText(beginning: string, chunks: AsyncIterable<ReportRow[]>): AsyncGenerator<Uint8Array> {
  let n = 0;
  let before = `${beginning}"rows":[\n`;
  for await (const rows of chunks) {
    yield encoder.encode(before + rows.map((row) => JSON.stringify(row)).join(",\n"));
    n += rows.length;
    before = ",\n";
  }
  yield encoder.encode(`${n === 0 ? before : "\n"}],"n":${n}`);
}

/** CSV with the names of the columns in its first line, which stands there also when there are no rows. */
export async function* csvText(
  header: ReportHeader,
  rows: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let names = encoder.encode(`${header.columns.map(({ name }) => name).join(",")}\n`);
  for await (const chunk of rows) {
    yield Buffer.concat([names, chunk]);
    names = new Uint8Array();
  }
  if (names.length > 0) yield names;
}
