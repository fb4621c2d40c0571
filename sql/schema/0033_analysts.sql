-- What tools of analysts read to know which tables there are. `/clickhouse/` reads these instead of `system.databases`,
-- `system.tables` and `system.columns`: nothing about where files lie, how much they take or how tables were made. Which rows an
-- analyst sees is the list in sql/analysts/open-tables.ts, as a filter on these views.

CREATE VIEW IF NOT EXISTS metadata_databases AS
SELECT
    name, 'Atomic' AS engine, '' AS data_path, '' AS metadata_path, uuid, 'Atomic' AS engine_full, comment, 0 AS is_external
FROM system.databases
WHERE name = currentDatabase()
COMMENT 'The database, for tools that ask system.databases';

CREATE VIEW IF NOT EXISTS metadata_tables AS
SELECT
    database, name, uuid, if(engine = 'View', 'View', 'MergeTree') AS engine, toUInt8(0) AS is_temporary,
    CAST([] AS Array(String)) AS data_paths, '' AS metadata_path, metadata_modification_time,
    CAST([] AS Array(String)) AS dependencies_database, CAST([] AS Array(String)) AS dependencies_table,
    '' AS create_table_query, '' AS engine_full, '' AS as_select, partition_key, sorting_key, primary_key, sampling_key,
    '' AS storage_policy, total_rows, CAST(NULL AS Nullable(UInt64)) AS total_bytes, comment, toUInt8(engine != 'View') AS has_own_data,
    CAST([] AS Array(String)) AS loading_dependencies_database, CAST([] AS Array(String)) AS loading_dependencies_table
FROM system.tables
WHERE database = currentDatabase()
COMMENT 'Tables and views, for tools that ask system.tables';

CREATE VIEW IF NOT EXISTS metadata_columns AS
SELECT
    database, table, name, type, position, default_kind, '' AS default_expression, CAST(0 AS UInt64) AS data_compressed_bytes,
    CAST(0 AS UInt64) AS data_uncompressed_bytes, CAST(0 AS UInt64) AS marks_bytes, comment, is_in_partition_key,
    is_in_sorting_key, is_in_primary_key, is_in_sampling_key, '' AS compression_codec, character_octet_length,
    numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision
FROM system.columns
WHERE database = currentDatabase()
COMMENT 'Columns of tables and views, for tools that ask system.columns';
