-- Work for the staff of stores. Append only, as reservation_log: one row for each change of a task, with the whole of it after the
-- change. All rows of a group commit are one INSERT of one block.

CREATE TABLE IF NOT EXISTS task_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all tasks, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that decided; a higher one has taken over from a lower one',
    kind            String COMMENT 'As in task_events',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    document_id     String COMMENT 'The task; empty for refused and started',
    origin_id       String COMMENT 'The order that it is for; empty for none',
    is_open         UInt8 COMMENT '1 while something is left to do about the task after this change',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    document        String COMMENT 'JSON of the task after the change; empty for refused and started' CODEC(ZSTD(1)),
    details         String COMMENT 'JSON: keyScope, requestHash, answerStatus, answer' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every change of every task, and the first answer to every idempotency key: one INSERT is one group commit';

ALTER TABLE task_log ADD INDEX IF NOT EXISTS document_id_bloom document_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE task_log ADD INDEX IF NOT EXISTS origin_id_bloom origin_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE task_log ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE TABLE IF NOT EXISTS task_settings
(
    location_id String COMMENT 'Empty: for all locations without settings of their own',
    settings    String COMMENT 'JSON: isUsed, staging, maxReminders, clocks, whole; empty when they were taken back' CODEC(ZSTD(1)),
    changed_at  DateTime64(3, 'UTC') COMMENT 'When it was changed',
    changed_by  String COMMENT 'Key id of who did it',
    version     UInt64 COMMENT 'Unix microseconds of the change; the newest of a location holds, the others are its history'
)
ENGINE = MergeTree ORDER BY (location_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'How locations work on tasks: every version';

CREATE VIEW IF NOT EXISTS task_events
(
    ordinal         UInt64 COMMENT 'Order of the changes of all tasks, rising by one, without holes',
    epoch           UInt64 COMMENT 'Of the writer that decided',
    kind            String COMMENT 'created, changed, seen, accepted, released, progressed, done, short, cancelled, commented, conflicted, reminded, escalated, stock_written; refused: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    task_id         String COMMENT 'Empty for refused and started',
    order_id        String COMMENT 'Of the order that it is for; empty for none',
    is_open         UInt8 COMMENT '1 while something is left to do about the task after this change',
    version         UInt32 COMMENT 'Rises with each change of the task, from 1',
    task            String COMMENT 'JSON of the task after the change, as the API gives it',
    key_scope       String COMMENT 'Id of the API key that sent the command; empty without an idempotency key',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    request_hash    String COMMENT 'Of the command with its body: the same key with another is refused',
    answer_status   UInt16 COMMENT 'HTTP status of the first answer; 0 where there was no command',
    answer          String COMMENT 'Body of the first answer',
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here'
)
AS SELECT
    ordinal, epoch, kind, decided_at, document_id AS task_id, origin_id AS order_id, is_open,
    toUInt32(JSONExtractUInt(document, 'version')) AS version,
    document AS task,
    JSONExtractString(details, 'keyScope') AS key_scope,
    idempotency_key,
    JSONExtractString(details, 'requestHash') AS request_hash,
    toUInt16(JSONExtractUInt(details, 'answerStatus')) AS answer_status,
    JSONExtractString(details, 'answer') AS answer,
    recorded_at
FROM task_log
COMMENT 'Every change of every task: task_log with a column for each thing';

CREATE VIEW IF NOT EXISTS tasks AS
SELECT
    task_id,
    JSONExtractString(task, 'kind') AS kind,
    JSONExtractString(task, 'state') AS state,
    JSONExtractString(task, 'locationId') AS location_id,
    order_id,
    JSONExtractString(task, 'fulfilmentId') AS fulfilment_id,
    JSONExtractString(task, 'method') AS method,
    JSONExtractString(task, 'channel') AS channel,
    JSONExtractString(task, 'owner', 'kind') AS owner_kind,
    JSONExtractString(task, 'owner', 'id') AS owner_id,
    parseDateTime64BestEffort(JSONExtractString(task, 'createdAt'), 3, 'UTC') AS created_at,
    parseDateTime64BestEffort(JSONExtractString(task, 'startsAt'), 3, 'UTC') AS starts_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(task, 'dueAt'), 3, 'UTC') AS due_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(task, 'acceptedAt'), 3, 'UTC') AS accepted_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(task, 'endedAt'), 3, 'UTC') AS ended_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(task, 'arrival', 'at'), 3, 'UTC') AS arrived_at,
    toUInt8(JSONExtractUInt(task, 'reminders')) AS reminders,
    toUInt8(JSONExtractUInt(task, 'escalation')) AS escalation,
    length(JSONExtractArrayRaw(task, 'seenBy')) AS devices_seen,
    arrayCount(note -> JSONExtractString(note, 'kind') = 'conflict', JSONExtractArrayRaw(task, 'notes')) AS conflicts,
    arraySum(line -> JSONExtractInt(line, 'quantity'), JSONExtractArrayRaw(task, 'lines')) AS units,
    arraySum(line -> JSONExtractInt(line, 'done'), JSONExtractArrayRaw(task, 'lines')) AS units_done,
    arraySum(line -> JSONExtractInt(line, 'short'), JSONExtractArrayRaw(task, 'lines')) AS units_short,
    is_open,
    task
FROM
(
    SELECT
        document_id AS task_id,
        argMax(origin_id, ordinal) AS order_id,
        argMax(document, ordinal) AS task,
        argMax(log.is_open, ordinal) AS is_open
    FROM task_log AS log
    WHERE document_id != ''
    GROUP BY document_id
)
COMMENT 'Each task as it is by its last change: who did what, how long it took, and what could not be had';
