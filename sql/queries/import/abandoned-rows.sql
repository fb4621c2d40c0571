-- Tables with the rows of files that were sent to a ClickHouse server, and that no import has dropped for a day: it was killed.
SELECT name
FROM system.tables
WHERE database = currentDatabase() AND match(name, '^import_rows_[0-9a-f]{32}$') AND metadata_modification_time < now() - INTERVAL 1 DAY
