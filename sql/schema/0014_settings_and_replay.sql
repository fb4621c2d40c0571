-- Settings of item tracking with their history, what happened to the tracker beside reads and events, and the order in
-- which raw reads were taken: together they let a replay do again what was done.

CREATE TABLE IF NOT EXISTS tracking_settings
(
    location_id LowCardinality(String) COMMENT 'Where it holds; empty = the whole company',
    reader_id   String COMMENT 'The reader of a read point; empty for the settings of a location or the company',
    antenna     Int32 COMMENT 'The antenna of a read point; -1 = all antennas of the reader',
    settings    String COMMENT 'JSON object of what was set; what is absent is taken from the level above',
    is_deleted  UInt8 COMMENT '1 = taken back: the level above holds again',
    changed_at  DateTime64(3, 'UTC'),
    changed_by  String COMMENT 'Key id of who did it',
    note        String COMMENT 'Why, in the words of who did it',
    version     UInt64 COMMENT 'Unix microseconds of the change; the newest of a place holds, the others are its history'
)
ENGINE = MergeTree ORDER BY (location_id, reader_id, antenna, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Settings of item tracking by company, location and read point: every version';

-- Written with the batch in which it happened, so its ordinal says which reads and events came before it.
CREATE TABLE IF NOT EXISTS tracker_changes
(
    ordinal     UInt64 COMMENT 'Its place among the events and the reads (events.ordinal, read_batches.taken_ordinal)',
    kind        LowCardinality(String) COMMENT 'started, configured, took_waiting or took_newly_known',
    detail      String COMMENT 'JSON: of configured all settings in use from then on, of took_waiting the readers' CODEC(ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When it was committed here'
)
ENGINE = MergeTree ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'What changed for the item tracker beside reads and events: its start, its settings, reads that had waited';

-- Reads and events are taken one after the other: the ordinal of a message of reads says where it stood among the events.
ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS taken_ordinal UInt64
    DEFAULT toUnixTimestamp64Milli(received_at) * 1000
    COMMENT 'Ordinal of the first message of the row, of the same counter as events.ordinal; imported reads: when they were seen, Unix microseconds'
    CODEC(Delta(8), ZSTD(1));
ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS message_after Array(UInt32)
    COMMENT 'By message: its ordinal less taken_ordinal. Empty = all reads of the row were taken at taken_ordinal' CODEC(Delta(4), ZSTD(1));
ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS message_reads Array(UInt32)
    COMMENT 'By message: how many of the reads are its own, in their order' CODEC(ZSTD(1));
ALTER TABLE read_batches ADD INDEX IF NOT EXISTS taken_ordinal_range taken_ordinal TYPE minmax GRANULARITY 1;
