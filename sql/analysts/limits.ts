import type { SessionSettings } from "../byte-engine.ts";
import { EXPORT_SETTINGS, OUTPUT_SETTINGS } from "../engine.ts";
import { OPEN_AGGREGATES } from "./open-aggregates.ts";
import { OPEN_FUNCTIONS } from "./open-functions.ts";
import type { LoweredSetting } from "./open-settings.ts";
import { OPEN_TABLES, REPLACED_SYSTEM_TABLES } from "./open-tables.ts";

/** What one query of an analyst may take. */
export type AnalystLimits = Readonly<Record<LoweredSetting, number>>;

/**
 * Before a query is known: enough to parse it. A parse is bounded by its depth and size; `max_expanded_ast_elements` also bounds
 * the query tree, which ClickHouse builds without looking at the time.
 */
export const PARSE_SETTINGS: SessionSettings = {
  max_execution_time: 5,
  max_memory_usage: 100_000_000,
  max_threads: 1,
  max_query_size: 262_144,
  max_parser_depth: 300,
  max_ast_depth: 300,
  max_ast_elements: 20_000,
  max_expanded_ast_elements: 50_000,
};

/**
 * The settings of an analyst's query. One thread: a query holds one core, and ingest and grants have the others. `readonly` comes
 * last in the list and with it nothing can be changed any more.
 */
export function querySettings(
  limits: AnalystLimits,
  context: { database: string; isEmbedded: boolean; namesFunctions: boolean },
): Record<string, string | number> {
  return {
    compile_expressions: OUTPUT_SETTINGS.compile_expressions,
    date_time_input_format: OUTPUT_SETTINGS.date_time_input_format,
    session_timezone: OUTPUT_SETTINGS.session_timezone,
    ...EXPORT_SETTINGS,
    ...limits,
    max_threads: 1,
    max_block_size: 65_409,
    result_overflow_mode: "throw",
    timeout_overflow_mode: "throw",
    timeout_before_checking_execution_speed: 0,
    // Large groupings and sorts go to disk before they reach the limit of memory.
    max_bytes_before_external_group_by: Math.floor(limits.max_memory_usage / 2),
    max_bytes_before_external_sort: Math.floor(limits.max_memory_usage / 2),
    max_temporary_data_on_disk_size_for_query: 2_000_000_000,
    // A result that is kept would be told to others, and takes memory that nobody counts.
    use_query_cache: 0,
    additional_table_filters: metadataFilters(context.database, context.namesFunctions),
    readonly: context.isEmbedded ? 1 : 2,
  };
}

/** Of what tools read about tables and functions, the open ones. The list of functions is long: it is said where it matters. */
function metadataFilters(database: string, namesFunctions: boolean): string {
  const filter = (table: string, column: string, names: readonly string[]) =>
    `'${table}': '${column} IN (${names.map((name) => `\\'${name}\\'`).join(", ")})'`;
  const filters = [
    filter(`${database}.${REPLACED_SYSTEM_TABLES["tables"] ?? ""}`, "name", OPEN_TABLES),
    filter(`${database}.${REPLACED_SYSTEM_TABLES["columns"] ?? ""}`, "table", OPEN_TABLES),
    ...(namesFunctions ? [filter("system.functions", "name", [...OPEN_FUNCTIONS, ...OPEN_AGGREGATES])] : []),
  ];
  return `{${filters.join(", ")}}`;
}
