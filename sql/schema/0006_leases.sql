-- Who may write the ledger. One row a renewal; the holder with the highest epoch whose renewal is fresh is the writer.

CREATE TABLE IF NOT EXISTS leases
(
    name       LowCardinality(String) COMMENT 'What is owned, for example ingest',
    epoch      UInt64 COMMENT 'Rises with each new holder',
    holder     String COMMENT 'Random id of the process',
    renewed_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'By the database''s clock'
)
ENGINE = MergeTree ORDER BY (name, epoch, renewed_at)
TTL toDateTime(renewed_at) + INTERVAL 1 DAY
COMMENT 'The one active writer of each kind; others wait as standby';
