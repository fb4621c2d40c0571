-- Returns, and what could not be had. Append only, as order_log: one row for each change of a document, with the whole of it after
-- the change. All rows of a group commit are one INSERT of one block.

CREATE TABLE IF NOT EXISTS return_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all returns, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that decided; a higher one has taken over from a lower one',
    kind            String COMMENT 'begun, exchanged, received, noted, inspecting, inspected, inspection_refused, refused; answered: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    document_id     String COMMENT 'The return; empty for answered and started',
    origin_id       String COMMENT 'What was bought: {kind}:{id}, such as order:1042; empty for unknown',
    is_open         UInt8 COMMENT '1 while an event or a note of it is on its way',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    document        String COMMENT 'JSON of the return after the change, as the API gives it' CODEC(ZSTD(1)),
    details         String COMMENT 'JSON: keyScope, requestHash, answerStatus (0: begun), answer' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every change of every return, and the answers to idempotency keys: one INSERT is one group commit';

ALTER TABLE return_log ADD INDEX IF NOT EXISTS document_id_bloom document_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE return_log ADD INDEX IF NOT EXISTS origin_id_bloom origin_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE return_log ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE TABLE IF NOT EXISTS miss_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all misses, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that decided; a higher one has taken over from a lower one',
    kind            String COMMENT 'missed, saving, saved, not_saved; answered: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    document_id     String COMMENT 'The miss; empty for answered and started',
    origin_id       String COMMENT 'Always empty',
    is_open         UInt8 COMMENT '1 while an order of it is on its way',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    document        String COMMENT 'JSON of the miss after the change, as the API gives it' CODEC(ZSTD(1)),
    details         String COMMENT 'JSON: keyScope, requestHash, answerStatus (0: begun), answer' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every change of every miss, and the answers to idempotency keys: one INSERT is one group commit';

ALTER TABLE miss_log ADD INDEX IF NOT EXISTS document_id_bloom document_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE miss_log ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE VIEW IF NOT EXISTS returns AS
SELECT
    return_id,
    JSONExtractString(return_json, 'status') AS status,
    JSONExtractString(return_json, 'locationId') AS location_id,
    JSONExtractString(return_json, 'channel') AS channel,
    JSONExtractString(return_json, 'customerId') AS customer_id,
    JSONExtractString(return_json, 'boughtIn', 'kind') AS bought_kind,
    JSONExtractString(return_json, 'boughtIn', 'id') AS bought_id,
    JSONExtractString(return_json, 'boughtIn', 'channel') AS bought_channel,
    JSONExtractString(return_json, 'boughtIn', 'method') AS bought_method,
    JSONExtractString(return_json, 'exchangeOrderId') AS exchange_order_id,
    JSONExtractString(return_json, 'override') AS override_reason,
    arrayExists(line -> length(JSONExtractArrayRaw(line, 'flags')) > 0, JSONExtractArrayRaw(return_json, 'lines')) AS is_flagged,
    JSONExtractString(return_json, 'refusal', 'code') AS refusal_code,
    parseDateTime64BestEffort(JSONExtractString(return_json, 'createdAt'), 3, 'UTC') AS created_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(return_json, 'takenAt'), 3, 'UTC') AS taken_at,
    first_ordinal,
    return_json
FROM
(
    SELECT document_id AS return_id, argMax(log.document, log.ordinal) AS return_json, min(log.ordinal) AS first_ordinal
    FROM return_log AS log
    WHERE document_id != ''
    GROUP BY document_id
)
COMMENT 'Each return as it is by its last change';

-- Net sales and P9 of kpis are made of these: lines of what is on hand again, with the time until each could be sold.
CREATE VIEW IF NOT EXISTS return_lines AS
SELECT
    return_id, status, location_id, channel, customer_id, bought_kind, bought_id, bought_channel, bought_method,
    exchange_order_id, created_at, taken_at,
    JSONExtractUInt(line, 'lineNo') AS line_no,
    toUInt64OrZero(JSONExtractString(line, 'gtin')) AS gtin,
    toInt64(JSONExtractInt(line, 'quantity')) AS quantity,
    JSONExtractString(line, 'reason') AS reason,
    JSONExtractString(line, 'condition') AS condition,
    JSONExtractString(line, 'linkedLineId') AS linked_line_id,
    JSONExtract(line, 'flags', 'Array(String)') AS flags,
    arrayMap(item -> JSONExtractString(item, 'epc'), JSONExtractArrayRaw(line, 'items')) AS epcs,
    toInt64(JSONExtractInt(line, 'units', 'sellable')) AS sellable,
    toInt64(JSONExtractInt(line, 'units', 'inspect')) AS inspect,
    toInt64(JSONExtractInt(line, 'units', 'damaged')) AS damaged,
    toInt64(JSONExtractInt(line, 'units', 'display_only')) AS display_only,
    if(
        JSONExtractString(line, 'condition') = 'sellable',
        taken_at,
        parseDateTime64BestEffortOrNull(
            arrayMax(
                arrayMap(
                    look -> JSONExtractString(look, 'recordedAt'),
                    arrayFilter(
                        look -> JSONExtractUInt(look, 'lineNo') = JSONExtractUInt(line, 'lineNo')
                            AND JSONExtractString(look, 'to') = 'sellable',
                        JSONExtractArrayRaw(return_json, 'inspections')
                    )
                )
            ), 3, 'UTC'
        )
    ) AS sellable_at,
    dateDiff('second', taken_at, sellable_at) AS seconds_to_sellable
FROM returns
ARRAY JOIN JSONExtractArrayRaw(return_json, 'lines') AS line
COMMENT 'Lines of returns: what came back, why, and where it stands; sellable_at is of the last unit that became sellable';

CREATE VIEW IF NOT EXISTS misses AS
SELECT
    miss_id,
    JSONExtractString(miss_json, 'status') AS status,
    JSONExtractString(miss_json, 'locationId') AS location_id,
    toUInt64OrZero(JSONExtractString(miss_json, 'gtin')) AS gtin,
    toInt64(JSONExtractInt(miss_json, 'quantity')) AS quantity,
    JSONExtractString(miss_json, 'channel') AS channel,
    JSONExtractString(miss_json, 'by') AS missed_by,
    toInt64(JSONExtractInt(miss_json, 'availableHere')) AS available_here,
    length(JSONExtractArrayRaw(miss_json, 'alternatives')) AS alternatives,
    status = 'saved' AS is_saved,
    JSONExtractString(miss_json, 'orderId') AS order_id,
    JSONExtractString(miss_json, 'chosen', 'locationId') AS saved_location_id,
    JSONExtractString(miss_json, 'customerId') AS customer_id,
    parseDateTime64BestEffort(JSONExtractString(miss_json, 'createdAt'), 3, 'UTC') AS created_at,
    parseDateTime64BestEffort(JSONExtractString(miss_json, 'changedAt'), 3, 'UTC') AS changed_at,
    first_ordinal,
    miss_json
FROM
(
    SELECT document_id AS miss_id, argMax(log.document, log.ordinal) AS miss_json, min(log.ordinal) AS first_ordinal
    FROM miss_log AS log
    WHERE document_id != ''
    GROUP BY document_id
)
COMMENT 'Each miss once, as it is by its last change: saved sales are the share with is_saved';
