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

-- With several ingests the word on an item that counts is that with the newest sight, not the one committed last.
CREATE OR REPLACE VIEW items AS
SELECT
    epc, newest.1 AS gtin, newest.2 AS location_id, newest.3 AS zone_id, newest.4 AS status, newest.5 AS state,
    newest.6 AS first_seen_at, newest.7 AS last_seen_at
FROM
(
    SELECT
        epc,
        argMax(
            (gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at),
            (last_seen_at, ordinal)) AS newest
    FROM item_history
    GROUP BY epc
);
