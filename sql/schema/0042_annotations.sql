-- What people write beside figures: what happened on a day or in a range of days, for the charts over time.

CREATE TABLE IF NOT EXISTS annotations
(
    annotation_id String COMMENT 'Id of the annotation',
    from_day      Date COMMENT 'The first day that it is about, in the calendar of who reads it',
    to_day        Date COMMENT 'The last day that it is about, itself included; from_day for one day',
    location_id   String COMMENT 'A location of locations; empty for the whole company',
    text          String COMMENT 'What happened, in the words of who wrote it; nothing about persons',
    created_at    DateTime64(3, 'UTC') COMMENT 'When it was written',
    created_by    String COMMENT 'Key id of who wrote it',
    is_deleted    UInt8 COMMENT '1 = taken back',
    changed_at    DateTime64(3, 'UTC') COMMENT 'When it was changed last',
    changed_by    String COMMENT 'Key id of who changed it last',
    version       UInt64 COMMENT 'Unix microseconds of the change; the newest of an annotation holds'
)
ENGINE = ReplacingMergeTree(version) ORDER BY annotation_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'What happened on a day or in a range of days, as charts show it, one row an annotation; read with FINAL, without is_deleted';
