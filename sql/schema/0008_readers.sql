-- Readers as they really are: several behind one topic, clocks that are off, messages that are lost, forms of their own.

ALTER TABLE readers ADD COLUMN IF NOT EXISTS is_gateway UInt8 DEFAULT 0
    COMMENT '1 = several readers speak on its topic: reads belong to the reader that each names';

ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS clock_correction_ms Int64 DEFAULT 0
    COMMENT 'What was added to the reader''s own times: observed_at less this is what the reader said';

ALTER TABLE reader_activity ADD COLUMN IF NOT EXISTS lost SimpleAggregateFunction(sum, UInt64)
    COMMENT 'Messages and reads that never came, as far as the reader numbers them or says so';
ALTER TABLE reader_activity ADD COLUMN IF NOT EXISTS clock_correction_ms SimpleAggregateFunction(anyLast, Int64)
    COMMENT 'What is added to the reader''s own times, so that a new start goes on with it';

CREATE TABLE IF NOT EXISTS reader_notices
(
    location_id LowCardinality(String) COMMENT 'Where the reader is',
    reader_id   LowCardinality(String) COMMENT 'The reader',
    at          DateTime64(3, 'UTC') COMMENT 'When it was noticed, the last time where it was several times',
    kind        LowCardinality(String) COMMENT 'lost_messages, overflow, error, antenna_disconnected, … (docs/readers.md)',
    count       UInt64 COMMENT 'How many times, or how many messages were lost; 0 where the reader does not say',
    detail      String COMMENT 'For a person'
)
ENGINE = MergeTree ORDER BY (location_id, reader_id, at)
TTL toDateTime(at) + INTERVAL 90 DAY
COMMENT 'What people should know of readers: losses, errors, antennas, presence, clocks';

CREATE TABLE IF NOT EXISTS reader_mappings
(
    name        String COMMENT 'Its name; stands in the format of the reads that it finds: mapping:{name}',
    location_id LowCardinality(String) COMMENT 'Where it applies; empty = everywhere',
    reader_id   String COMMENT 'The reader whose messages it is asked about first; empty = messages that no format recognises',
    mapping     String COMMENT 'JSON object, as docs/readers.md describes it',
    is_deleted  UInt8 DEFAULT 0 COMMENT '1 = taken back',
    version     UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY name
COMMENT 'How reads are found in messages of a form of their own';
