-- The ledger. The commit point of a batch is one INSERT of one block into `events`: every row is an event with its
-- movements and new item states nested in it, so that nothing can be half written. All rows of a block share
-- recorded_at, and so a partition: a block is one part. Movements, items and positions are views of it.

CREATE TABLE IF NOT EXISTS events
(
    location_id LowCardinality(String) COMMENT 'Where it happened',
    ordinal     UInt64 COMMENT 'Order of commitment, rising, over all locations of this ingest',
    event_id    String COMMENT 'Identity of the event; a repeat is judged by it',
    event_type  LowCardinality(String) COMMENT 'sale, return, void, receipt, adjustment, position, item_seen, item_moved, item_transferred',
    source      LowCardinality(String) COMMENT 'Topic after the location: rfid/{reader}, pos/{terminal}, stock/{source}',
    body_hash   UInt64 COMMENT 'Hash of the event''s content: the same id with another hash is refused (id_conflict)',
    body        String COMMENT 'JSON of the event as it was understood; empty for item events' CODEC(ZSTD(1)),
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it happened, by the source''s clock',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When it was committed here',
    -- Lines of the ledger; sequence counts per location from 1 without holes.
    movements Nested
    (
        location_id    LowCardinality(String),
        sequence       UInt64,
        gtin           UInt64,
        state          LowCardinality(String),
        quantity       Int32,
        reason         LowCardinality(String),
        epc            String,
        reservation_id String,
        order_id       String
    ),
    -- What is believed of each item after the event.
    items Nested
    (
        epc           String,
        gtin          UInt64,
        location_id   LowCardinality(String),
        zone_id       LowCardinality(String),
        status        LowCardinality(String),
        state         LowCardinality(String),
        first_seen_at DateTime64(3, 'UTC'),
        last_seen_at  DateTime64(3, 'UTC')
    )
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (location_id, ordinal)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'Every event that changed what is known of stock or items';

-- An index to judge repeats beyond what memory holds.
ALTER TABLE events ADD INDEX IF NOT EXISTS event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE VIEW IF NOT EXISTS movements AS
SELECT
    m_location_id AS location_id, m_sequence AS sequence, m_gtin AS gtin, m_state AS state,
    m_quantity AS quantity, m_reason AS reason, m_epc AS epc, m_reservation_id AS reservation_id,
    m_order_id AS order_id, ordinal, occurred_at, recorded_at, event_id, event_type, source
FROM events
ARRAY JOIN
    movements.location_id AS m_location_id, movements.sequence AS m_sequence, movements.gtin AS m_gtin,
    movements.state AS m_state, movements.quantity AS m_quantity, movements.reason AS m_reason,
    movements.epc AS m_epc, movements.reservation_id AS m_reservation_id, movements.order_id AS m_order_id;

CREATE VIEW IF NOT EXISTS item_history AS
SELECT
    i_epc AS epc, i_gtin AS gtin, i_location_id AS location_id, i_zone_id AS zone_id, i_status AS status,
    i_state AS state, i_first_seen_at AS first_seen_at, i_last_seen_at AS last_seen_at,
    ordinal, occurred_at, recorded_at, event_id, event_type, source
FROM events
ARRAY JOIN
    items.epc AS i_epc, items.gtin AS i_gtin, items.location_id AS i_location_id, items.zone_id AS i_zone_id,
    items.status AS i_status, items.state AS i_state, items.first_seen_at AS i_first_seen_at,
    items.last_seen_at AS i_last_seen_at;

-- Daily snapshots, so that a start does not read the ledger from its first line. The header row in `snapshots` is
-- written last: without it the snapshot does not exist.
CREATE TABLE IF NOT EXISTS snapshots
(
    snapshot_id UInt64 COMMENT 'Ordinal of the last event it contains',
    taken_at    DateTime64(3, 'UTC'),
    positions   UInt64 COMMENT 'Rows it has in position_snapshots',
    items       UInt64 COMMENT 'Rows it has in item_snapshots'
)
ENGINE = MergeTree ORDER BY snapshot_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Finished snapshots';

CREATE TABLE IF NOT EXISTS position_snapshots
(
    snapshot_id   UInt64,
    location_id   LowCardinality(String),
    last_sequence UInt64 COMMENT 'Last sequence of the location that the snapshot contains',
    gtin          UInt64,
    state         LowCardinality(String),
    quantity      Int64
)
ENGINE = MergeTree PARTITION BY snapshot_id ORDER BY (location_id, gtin, state)
COMMENT 'Positions as of a snapshot';

CREATE TABLE IF NOT EXISTS item_snapshots
(
    snapshot_id   UInt64,
    epc           String,
    gtin          UInt64,
    location_id   LowCardinality(String),
    zone_id       LowCardinality(String),
    status        LowCardinality(String),
    state         LowCardinality(String),
    first_seen_at DateTime64(3, 'UTC'),
    last_seen_at  DateTime64(3, 'UTC')
)
ENGINE = MergeTree PARTITION BY snapshot_id ORDER BY epc
COMMENT 'Items as of a snapshot';

CREATE VIEW IF NOT EXISTS positions AS
SELECT location_id, gtin, state, sum(quantity) AS quantity
FROM movements
GROUP BY location_id, gtin, state
HAVING quantity != 0;

CREATE VIEW IF NOT EXISTS items AS
SELECT
    epc,
    argMax(gtin, ordinal) AS gtin,
    argMax(location_id, ordinal) AS location_id,
    argMax(zone_id, ordinal) AS zone_id,
    argMax(status, ordinal) AS status,
    argMax(state, ordinal) AS state,
    argMax(first_seen_at, ordinal) AS first_seen_at,
    argMax(last_seen_at, ordinal) AS last_seen_at
FROM item_history
GROUP BY epc;
