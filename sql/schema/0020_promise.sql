-- How ways to fulfil a basket are weighed against each other.

CREATE TABLE IF NOT EXISTS promise_settings
(
    settings   String COMMENT 'JSON: weights, packing, transit, radius and shipments, whole' CODEC(ZSTD(1)),
    changed_at DateTime64(3, 'UTC') COMMENT 'When it was changed',
    changed_by String COMMENT 'Key id of who did it',
    version    UInt64 COMMENT 'Unix microseconds of the change; the newest holds, the others are its history'
)
ENGINE = MergeTree ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Settings of promises of the company: every version';
