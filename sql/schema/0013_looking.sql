-- What people look at: dead letters with what was done about them, and the life of one item.

-- Append-only: the newest step of a letter says its state; a letter without a step is open.
CREATE TABLE IF NOT EXISTS dead_letter_steps
(
    dead_letter_id String COMMENT 'As in dead_letters',
    at             DateTime64(3, 'UTC'),
    actor          String COMMENT 'Key id of who did it',
    action         LowCardinality(String) COMMENT 'replay, discard or reopen',
    state          LowCardinality(String) COMMENT 'State of the letter from then on: open, replayed or discarded',
    status         LowCardinality(String) COMMENT 'What a replay came to: accepted, duplicate, late, rejected or unknown; empty for other actions',
    code           LowCardinality(String) COMMENT 'Why a replay was refused, as in docs/errors.md',
    detail         String COMMENT 'What became of it, or the person''s note',
    job_id         String COMMENT 'The replay of many that it belongs to; empty for one alone'
)
ENGINE = MergeTree
ORDER BY (dead_letter_id, at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'What people and replays did to dead letters';

-- Made of what is there, also for the letters of before.
ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS kind LowCardinality(String)
    MATERIALIZED splitByChar('/', topic)[-2]
    COMMENT 'rfid, pos or stock: the level of the topic before the last';
ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS size_bytes UInt32
    MATERIALIZED length(tryBase64Decode(payload))
    COMMENT 'Bytes of the message';
ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS shape String
    MATERIALIZED left(arrayMap(
        body -> multiIf(
            body = '', 'empty',
            NOT isValidUTF8(body), 'binary',
            JSONType(body) = 'Object', 'object: ' || arrayStringConcat(arraySort(JSONExtractKeys(body)), ', '),
            JSONType(body) = 'Array', 'array of ' || if(
                JSONType(body, 1) = 'Object',
                'objects: ' || arrayStringConcat(arraySort(JSONExtractKeys(body, 1)), ', '),
                lower(toString(JSONType(body, 1)))),
            isValidJSON(body), 'value',
            JSONType(splitByChar('\n', body)[1]) = 'Object',
                'lines of objects: ' || arrayStringConcat(arraySort(JSONExtractKeys(splitByChar('\n', body)[1])), ', '),
            'text'),
        [tryBase64Decode(payload)])[1], 300)
    COMMENT 'What the message looks like: the members of its first object, or that it is no JSON';
ALTER TABLE dead_letters ADD INDEX IF NOT EXISTS dead_letter_id_bloom dead_letter_id TYPE bloom_filter(0.01) GRANULARITY 1;

CREATE VIEW IF NOT EXISTS dead_letter_states AS
SELECT
    dead_letter_id, topic, location_id, source_id, kind, shape, size_bytes,
    letter_code AS code, first_received_at, last_received_at, arrivals,
    multiIf(
        step.1 = 'discarded', 'discarded',
        step.1 = 'replayed' AND step.2 >= last_received_at, 'replayed',
        'open') AS state,
    step.2 AS step_at, step.3 AS step_actor, step.4 AS step_action, step.5 AS step_status, step.6 AS step_code,
    step.7 AS step_detail, step.8 AS step_job_id
FROM
(
    SELECT
        dead_letter_id, topic, location_id, source_id, kind, shape, size_bytes,
        argMax(code, received_at) AS letter_code,
        min(received_at) AS first_received_at,
        max(received_at) AS last_received_at,
        count() AS arrivals
    FROM dead_letters
    GROUP BY dead_letter_id, topic, location_id, source_id, kind, shape, size_bytes
) AS letters
LEFT JOIN
(
    SELECT dead_letter_id, argMax((state, at, actor, action, status, code, detail, job_id), at) AS step
    FROM dead_letter_steps
    GROUP BY dead_letter_id
) AS steps USING (dead_letter_id);

-- One item's events and raw reads, without reading those of all others. Old parts get them in the background.
ALTER TABLE events ADD INDEX IF NOT EXISTS items_epc_bloom `items.epc` TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE events MATERIALIZE INDEX IF EXISTS items_epc_bloom;
ALTER TABLE read_batches ADD INDEX IF NOT EXISTS epc_bloom epc TYPE bloom_filter(0.01) GRANULARITY 1;

-- Zones as rows: in `locations` they are JSON.
CREATE VIEW IF NOT EXISTS location_zones AS
SELECT
    location_id, kind AS location_kind,
    zone.1 AS zone_id, zone.2 AS zone_name, zone.3 AS zone_kind
FROM locations FINAL
ARRAY JOIN JSONExtract(zones, 'Array(Tuple(zoneId String, name String, kind String))') AS zone
WHERE is_deleted = 0;

-- What is believed of each item now, from the newest snapshot and the events after it: the view `items` reads the whole
-- ledger for the same. `changed_at` is when something last happened to the item, the time of the snapshot where that
-- was before it.
CREATE VIEW IF NOT EXISTS current_items AS
WITH
    (SELECT max(snapshot_id) FROM snapshots) AS newest_snapshot,
    (SELECT max(taken_at) FROM snapshots) AS newest_taken_at,
    changed AS
    (
        SELECT
            epc,
            argMax((gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, occurred_at), ordinal) AS now
        FROM item_history
        WHERE ordinal > newest_snapshot
        GROUP BY epc
    )
SELECT
    epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at,
    newest_taken_at AS changed_at, 1 AS is_from_snapshot
FROM item_snapshots
WHERE snapshot_id = newest_snapshot AND epc NOT IN (SELECT epc FROM item_history WHERE ordinal > newest_snapshot)
UNION ALL
SELECT
    epc, now.1 AS gtin, now.2 AS location_id, now.3 AS zone_id, now.4 AS status, now.5 AS state,
    now.6 AS first_seen_at, now.7 AS last_seen_at, now.8 AS changed_at, 0 AS is_from_snapshot
FROM changed;
