-- What was not taken into the ledger, and why. Nothing refused vanishes.

CREATE TABLE IF NOT EXISTS receipts
(
    event_id    String,
    status      LowCardinality(String) COMMENT 'duplicate, late or rejected (accepted ones are the rows of events)',
    code        LowCardinality(String) COMMENT 'Reason, as in docs/errors.md; empty when there is none',
    detail      String,
    topic       String,
    client_id   String COMMENT 'User name of the publisher where the broker tells it',
    recorded_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree ORDER BY recorded_at
TTL toDateTime(recorded_at) + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 1000
COMMENT 'What became of events that changed nothing';

CREATE TABLE IF NOT EXISTS dead_letters
(
    dead_letter_id String COMMENT 'Hash of topic and bytes: the same message again is the same dead letter',
    received_at    DateTime64(3, 'UTC'),
    topic          String,
    location_id    LowCardinality(String) COMMENT 'From the topic; empty when it names none',
    source_id      String COMMENT 'Reader, terminal or source from the topic',
    code           LowCardinality(String) COMMENT 'Reason, as in docs/errors.md',
    detail         String COMMENT 'The reason for a person',
    payload        String COMMENT 'The message''s bytes, base64' CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (received_at, dead_letter_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000
COMMENT 'Messages that could not be understood, with their bytes';
