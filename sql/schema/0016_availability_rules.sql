-- What is withheld and shown beyond stock: rules with their history, groups of locations, and what a location says of pickup.

CREATE TABLE IF NOT EXISTS availability_rules
(
    rule_id    String COMMENT 'Id of the rule',
    rule       String COMMENT 'JSON of the whole rule, as GET /v1/rules answers it' CODEC(ZSTD(1)),
    kind       LowCardinality(String) COMMENT 'safety_stock, allocation or cap',
    is_deleted UInt8 COMMENT '1 = taken back',
    changed_at DateTime64(3, 'UTC') COMMENT 'When it was changed',
    changed_by String COMMENT 'Key id of who did it',
    version    UInt64 COMMENT 'Unix microseconds of the change; the newest of a rule holds, the others are its history'
)
ENGINE = MergeTree ORDER BY (rule_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Safety stock, allocations and caps: every version';

CREATE TABLE IF NOT EXISTS location_groups
(
    group_id   String COMMENT 'Id of the group',
    name       String COMMENT 'Name for people',
    locations  Array(String) COMMENT 'Ids of the locations in it',
    is_deleted UInt8 COMMENT '1 = taken back',
    changed_at DateTime64(3, 'UTC') COMMENT 'When it was changed',
    changed_by String COMMENT 'Key id of who did it',
    version    UInt64 COMMENT 'Unix microseconds of the change; the newest of a group holds, the others are its history'
)
ENGINE = MergeTree ORDER BY (group_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Groups of locations that rules speak of: every version';

ALTER TABLE locations ADD COLUMN IF NOT EXISTS public_holidays String DEFAULT '[]'
    COMMENT 'JSON array of dates on which rules with PH in opening_hours hold';
ALTER TABLE locations ADD COLUMN IF NOT EXISTS pickup String DEFAULT '{}'
    COMMENT 'JSON {isOffered, hasCurbside, leadMinutes, lastOrderMinutes}; what is absent has its default';
