-- What the running check of the server's memory against the ledger found.

CREATE TABLE IF NOT EXISTS reconciliations
(
    location_id    LowCardinality(String) COMMENT 'The location that was checked',
    server_id      String COMMENT 'The server whose memory was checked; new at each start',
    checked_at     DateTime64(3, 'UTC'),
    sequence       UInt64 COMMENT 'Last sequence of the location that both sides contain',
    positions      UInt32 COMMENT 'Products compared',
    held_products  UInt32 COMMENT 'Products with reserved units compared',
    outcome        LowCardinality(String) COMMENT 'equal, mended (differed, and put right from the ledger), different (still), failed',
    differences    UInt32 COMMENT 'Products and states that differed',
    detail         String COMMENT 'JSON: the first differences with both numbers, or why the check failed' CODEC(ZSTD(1)),
    took_ms        UInt32
)
ENGINE = MergeTree ORDER BY (location_id, checked_at)
TTL toDateTime(checked_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 100
COMMENT 'Checks of positions and reserved units in memory against the ledger, kept 90 days';

-- Lines of a location that stand in another location's event are found without reading all events of all locations.
ALTER TABLE events ADD INDEX IF NOT EXISTS movement_locations_bloom `movements.location_id` TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE events MATERIALIZE INDEX IF EXISTS movement_locations_bloom;
