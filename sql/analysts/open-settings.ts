import { words } from "./words.ts";

/** Settings that analysts may choose freely: how answers look, and what they mean. */
const FREE = words(`
  date_time_output_format date_time_input_format session_timezone join_use_nulls union_default_mode extremes group_by_use_nulls
  transform_null_in aggregate_functions_null_for_empty cast_keep_nullable prefer_column_name_to_alias asterisk_include_alias_columns
  format_csv_delimiter format_csv_null_representation format_tsv_null_representation output_format_csv_crlf_end_of_line
  bool_true_representation bool_false_representation output_format_decimal_trailing_zeros
  output_format_json_quote_64bit_integers output_format_json_quote_64bit_floats output_format_json_quote_decimals
  output_format_json_quote_denormals output_format_json_escape_forward_slashes output_format_json_named_tuples_as_objects
  output_format_json_array_of_rows output_format_json_validate_utf8 output_format_json_map_as_array_of_tuples
  output_format_pretty_max_rows output_format_pretty_max_value_width output_format_pretty_color output_format_pretty_row_numbers
  output_format_pretty_grid_charset output_format_pretty_display_footer_column_names output_format_pretty_single_large_number_tip_threshold
  output_format_arrow_string_as_string output_format_arrow_low_cardinality_as_dictionary output_format_arrow_compression_method
  output_format_arrow_fixed_string_as_fixed_byte_array output_format_parquet_string_as_string output_format_parquet_compression_method
  output_format_parquet_version output_format_parquet_row_group_size output_format_native_encode_types_in_binary_format
  output_format_binary_encode_types_in_binary_format output_format_write_statistics
`);

/** Limits that analysts may lower for themselves, never lift; 0 means none and so is lifting. */
const LOWERED = [
  "max_execution_time",
  "max_memory_usage",
  "max_result_rows",
  "max_result_bytes",
  "max_rows_to_read",
] as const;
export type LoweredSetting = (typeof LOWERED)[number];

/** What clients send of their own accord, and what changes nothing here: taken and left out. */
const IGNORED = new Set(
  words(`
    readonly log_queries log_comment max_threads max_block_size wait_end_of_query buffer_size http_response_buffer_size
    send_progress_in_http_headers http_headers_progress_interval_ms http_send_progress_interval_ms enable_http_compression
    http_zlib_compression_level http_write_exception_in_output_format http_make_head_request cancel_http_readonly_queries_on_client_close
    result_overflow_mode timeout_overflow_mode connect_timeout receive_timeout send_timeout max_query_size use_client_time_zone
    allow_experimental_analyzer enable_analyzer allow_experimental_object_type async_insert wait_for_async_insert
    insert_deduplicate database_replicated_enforce_synchronous_settings compile_expressions use_query_cache
  `),
);

export type SettingVerdict =
  | { kind: "set"; name: string; value: string }
  | { kind: "lower"; name: LoweredSetting; value: number }
  | { kind: "ignored" }
  | { kind: "refused"; reason: string };

/** What becomes of a setting that an analyst sends, in the URL or in a SETTINGS clause. */
export function judgeSetting(
  name: string,
  value: string,
  limits: Readonly<Record<LoweredSetting, number>>,
): SettingVerdict {
  if (FREE.includes(name)) return { kind: "set", name, value };
  if (IGNORED.has(name)) return { kind: "ignored" };
  const lowered = LOWERED.find((one) => one === name);
  if (lowered === undefined) {
    return { kind: "refused", reason: `Setting ${name} is not one that analysts may change` };
  }
  const number = Number(value);
  if (!(number > 0 && number <= limits[lowered])) {
    return { kind: "refused", reason: `Setting ${name} may be lowered, from 1 to ${limits[lowered]}` };
  }
  return { kind: "lower", name: lowered, value: number };
}
