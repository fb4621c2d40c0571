/**
 * Formats of answers, with the content type that ClickHouse gives each. Left out: what reads a schema or a template from a
 * file (Template, Protobuf, CapnProto), what is a protocol of another database's clients, and pictures.
 */
export const OPEN_FORMATS: Readonly<Record<string, string>> = {
  ...of("application/json; charset=UTF-8", [
    "JSON",
    "JSONStrings",
    "JSONColumns",
    "JSONColumnsWithMetadata",
    "JSONCompact",
    "JSONCompactStrings",
    "JSONCompactColumns",
    "JSONObjectEachRow",
  ]),
  ...of("application/x-ndjson; charset=UTF-8", [
    "JSONEachRow",
    "JSONLines",
    "NDJSON",
    "JSONStringsEachRow",
    "JSONCompactEachRow",
    "JSONCompactEachRowWithNames",
    "JSONCompactEachRowWithNamesAndTypes",
    "JSONCompactStringsEachRow",
    "JSONCompactStringsEachRowWithNames",
    "JSONCompactStringsEachRowWithNamesAndTypes",
    "PrettyJSONEachRow",
  ]),
  ...of("text/csv; charset=UTF-8; header=absent", ["CSV"]),
  ...of("text/csv; charset=UTF-8; header=present", ["CSVWithNames", "CSVWithNamesAndTypes"]),
  ...of("text/tab-separated-values; charset=UTF-8", [
    "TabSeparated",
    "TSV",
    "TabSeparatedRaw",
    "TSVRaw",
    "TabSeparatedWithNames",
    "TSVWithNames",
    "TabSeparatedWithNamesAndTypes",
    "TSVWithNamesAndTypes",
    "TabSeparatedRawWithNames",
    "TSVRawWithNames",
    "TSKV",
  ]),
  ...of("application/octet-stream", [
    "Arrow",
    "ArrowStream",
    "Parquet",
    "ORC",
    "Native",
    "RowBinary",
    "RowBinaryWithNames",
    "RowBinaryWithNamesAndTypes",
    "MsgPack",
  ]),
  ...of("text/plain; charset=UTF-8", [
    "Pretty",
    "PrettyCompact",
    "PrettyCompactMonoBlock",
    "PrettyCompactNoEscapes",
    "PrettyMonoBlock",
    "PrettyNoEscapes",
    "PrettySpace",
    "Vertical",
    "Values",
    "Markdown",
    "Null",
  ]),
  ...of("application/xml; charset=UTF-8", ["XML"]),
};

function of(contentType: string, formats: readonly string[]): Record<string, string> {
  return Object.fromEntries(formats.map((format) => [format, contentType]));
}
