-- Several ingests may share the locations. Each follows what the others commit, by time of recording: this index lets
-- it read the last minutes alone.
ALTER TABLE events ADD INDEX IF NOT EXISTS recorded_at_minmax recorded_at TYPE minmax GRANULARITY 1;

CREATE TABLE IF NOT EXISTS follow_cursors
(
    shard           String COMMENT 'Which ingest: its INGEST_SHARD',
    recorded_before DateTime64(3, 'UTC') COMMENT 'What other ingests recorded before this is in its ledger',
    written_at      DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = MergeTree ORDER BY (shard, written_at)
TTL toDateTime(written_at) + INTERVAL 90 DAY
COMMENT 'How far each of several ingests has followed the others';
