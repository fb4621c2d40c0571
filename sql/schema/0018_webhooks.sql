-- Webhooks: who is to be told of what, what is on its way, and how far each has been told.

CREATE TABLE IF NOT EXISTS webhooks
(
    webhook_id      String,
    url             String COMMENT 'Where events are posted',
    event_types     Array(String) COMMENT 'Types of events, area.* or *',
    filter          String COMMENT 'JSON: gtins, locations, channel, thresholds, confidence',
    description     String,
    secret          String COMMENT 'Signs what is sent; encrypted with WEBHOOKS_KEY where that is set (enc:…), else as it is (plain:…)',
    old_secret      String COMMENT 'The one before, which signs too until old_secret_until; empty = none',
    old_secret_until DateTime64(3, 'UTC'),
    is_enabled      UInt8,
    disabled_reason LowCardinality(String) COMMENT 'by_person, failing or gone; empty while enabled',
    failing_since   Nullable(DateTime64(3, 'UTC')) COMMENT 'No delivery has arrived since then',
    created_at      DateTime64(3, 'UTC'),
    is_deleted      UInt8,
    version         UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY webhook_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Webhooks; the newest version of a row is the row';

CREATE TABLE IF NOT EXISTS webhook_deliveries
(
    webhook_id      String,
    created_at      DateTime64(3, 'UTC') COMMENT 'When it was decided that this is told',
    delivery_id     String COMMENT 'Header webhook-id; the same event has the same id for a webhook however often it is made',
    event_type      LowCardinality(String),
    body            String COMMENT 'What is posted, byte for byte' CODEC(ZSTD(1)),
    status          LowCardinality(String) COMMENT 'pending, delivered or failed',
    attempts        UInt32,
    last_attempt_at Nullable(DateTime64(3, 'UTC')),
    next_attempt_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Null when it is over',
    response_code   UInt16 COMMENT 'HTTP status of the last answer; 0 = there was none',
    error           String COMMENT 'Why the last attempt did not succeed; empty when it did',
    duration_ms     UInt32 COMMENT 'Of the last attempt',
    version         UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(created_at)
ORDER BY (webhook_id, created_at, delivery_id)
TTL toDateTime(created_at) + INTERVAL 30 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'The queue of webhooks and its log; the newest version of a row is the row';

-- Only availability that is not 0 has to be known; 0 rows stay so that they replace the ones before them.
CREATE TABLE IF NOT EXISTS webhook_told
(
    webhook_id  String,
    location_id LowCardinality(String),
    gtin        UInt64,
    available   Int32 COMMENT 'What the webhook was last told, or what was there when it was made',
    version     UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY (webhook_id, location_id, gtin)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'What each webhook knows of availability, so that a change is told even if it happened while nobody ran';

CREATE TABLE IF NOT EXISTS webhook_progress
(
    webhook_id    String,
    ordinal       UInt64 COMMENT 'Of reservation_events: told up to here',
    expired_until DateTime64(3, 'UTC') COMMENT 'Holds that came to their end until then were told',
    version       UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY webhook_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'How far each webhook has been told of reservations';
