-- Raw reads, kept 30 days. One row holds the reads of one reader in one batch as parallel arrays: a quarter of the
-- insert work of a row per read. The view `reads` is the row per read that people ask for.
-- Reads survive a killed process, not a power cut (no fsync): the ledger in `events` survives both.

CREATE TABLE IF NOT EXISTS read_batches
(
    location_id LowCardinality(String),
    reader_id   LowCardinality(String),
    received_at DateTime64(3, 'UTC') COMMENT 'When the batch was taken in',
    format      LowCardinality(String) COMMENT 'Message format: impinj, zebra, onhand',
    waiting     UInt32 COMMENT 'How many of these reads wait for their reader or antenna to be assigned to a zone',
    epc         Array(String) CODEC(ZSTD(1)),
    gtin        Array(UInt64) COMMENT '0 where the tag names no product' CODEC(ZSTD(1)),
    antenna     Array(Int32) COMMENT '-1 where the reader sent none' CODEC(ZSTD(1)),
    zone_id     Array(LowCardinality(String)) COMMENT 'Empty where not mapped' CODEC(ZSTD(1)),
    observed_at Array(DateTime64(3, 'UTC')) COMMENT 'The reader''s own time of the last sight' CODEC(ZSTD(1)),
    rssi_dbm    Array(Float32) COMMENT 'dBm; nan where the reader sent none' CODEC(ZSTD(1)),
    read_count  Array(UInt32) COMMENT 'How many sights the reader itself merged into this read' CODEC(ZSTD(1)),
    verdict     Array(LowCardinality(String)) COMMENT 'accepted, waiting (no zone yet), too_old, in_future, or no_product: what the item tracker made of it' CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(received_at)
ORDER BY (location_id, reader_id, received_at)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Raw tag reads, batched by reader';

CREATE VIEW IF NOT EXISTS reads AS
SELECT
    location_id, reader_id, received_at, format,
    read_epc AS epc, read_gtin AS gtin, read_antenna AS antenna, read_zone_id AS zone_id,
    read_observed_at AS observed_at, read_rssi_dbm AS rssi_dbm, read_read_count AS read_count, read_verdict AS verdict
FROM read_batches
ARRAY JOIN
    epc AS read_epc, gtin AS read_gtin, antenna AS read_antenna, zone_id AS read_zone_id,
    observed_at AS read_observed_at, rssi_dbm AS read_rssi_dbm, read_count AS read_read_count,
    verdict AS read_verdict;

CREATE TABLE IF NOT EXISTS sightings
(
    location_id  LowCardinality(String),
    gtin         UInt64,
    last_seen_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree ORDER BY (location_id, gtin)
COMMENT 'Last physical evidence of each product at each location';

CREATE TABLE IF NOT EXISTS reader_activity
(
    location_id    LowCardinality(String),
    reader_id      LowCardinality(String),
    minute         DateTime('UTC'),
    format         SimpleAggregateFunction(anyLast, String),
    reads          SimpleAggregateFunction(sum, UInt64),
    rejected       SimpleAggregateFunction(sum, UInt64),
    last_heard_at  SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (location_id, reader_id, minute)
TTL minute + INTERVAL 90 DAY
COMMENT 'What each reader sent, by minute';
