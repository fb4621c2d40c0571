-- EPCIS 2.0: what was captured, and the jobs that captured it. Our own item events are not stored a second time: they
-- are made of `events` when somebody asks.

ALTER TABLE locations ADD COLUMN IF NOT EXISTS gln String DEFAULT '' COMMENT 'GS1 Global Location Number, 13 digits; empty = none' AFTER currency;

CREATE TABLE IF NOT EXISTS epcis_captures
(
    capture_id      String COMMENT 'Id of the job, as in its address',
    created_at      DateTime64(3, 'UTC'),
    finished_at     Nullable(DateTime64(3, 'UTC')) COMMENT 'Null while the job runs',
    created_by      String COMMENT 'Key id of who sent the document',
    location_id     String COMMENT 'The one location that key may speak for; empty = all',
    error_behaviour LowCardinality(String) COMMENT 'rollback: all events or none; proceed: each that is valid',
    success         UInt8 COMMENT '0 once an event was refused',
    document        String COMMENT 'JSON of what was taken in, for a job that a stop cut off; empty when it is finished' CODEC(ZSTD(1)),
    outcome         String COMMENT 'JSON: the errors, and what each event did to stock' CODEC(ZSTD(1)),
    version         UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY capture_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Capture jobs; the newest version of a row is the row';

-- The events of a document are one INSERT of one block: all rows share record_time, and so a partition, so that the
-- block is one part, whole or absent.
CREATE TABLE IF NOT EXISTS epcis_events
(
    event_id       String COMMENT 'The id that came with the event, else its hash id',
    hash_id        String COMMENT 'Hash of the content: the same id with another hash is a conflict',
    is_declaration UInt8 COMMENT '1 for an event that declares an earlier one of the same id wrong',
    capture_id     String COMMENT 'The job that took it in',
    record_time    DateTime64(3, 'UTC') COMMENT 'When it was taken in',
    event_time     DateTime64(3, 'UTC') COMMENT 'When it happened, as the event says',
    event_type     LowCardinality(String) COMMENT 'ObjectEvent, AggregationEvent, …, or a URI',
    action         LowCardinality(String) COMMENT 'OBSERVE, ADD or DELETE; empty for types without one',
    biz_step       LowCardinality(String) COMMENT 'Bare word, or a URI of one''s own; empty = none',
    disposition    LowCardinality(String) COMMENT 'Bare word, or a URI of one''s own; empty = none',
    read_point     LowCardinality(String) COMMENT 'Canonical form (GS1 Digital Link where it is a GS1 key); empty = none',
    biz_location   LowCardinality(String) COMMENT 'Canonical form; empty = none',
    epcs           Array(String) COMMENT 'All EPCs of the event, whatever their part in it; canonical forms' CODEC(ZSTD(1)),
    classes        Array(String) COMMENT 'All EPC classes of its quantities; canonical forms' CODEC(ZSTD(1)),
    body           String COMMENT 'The event as it came, with the namespaces of its document' CODEC(ZSTD(1)),
    INDEX event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX epcs_bloom epcs TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX event_time_range event_time TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(record_time)
ORDER BY (record_time, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'Captured EPCIS events';

CREATE TABLE IF NOT EXISTS epcis_given_ids
(
    event_id    String COMMENT 'Hash id under which an item event was given out',
    location_id LowCardinality(String) COMMENT 'Where its row in events is',
    ordinal     UInt64 COMMENT 'Which row of events it was made of',
    part        UInt8 COMMENT 'Which of the events made of that row'
)
ENGINE = ReplacingMergeTree ORDER BY event_id
COMMENT 'Ids of our own item events that were given out, so that they can be asked for again';
