-- What one commit of reservations costs grows with its columns, its files and the merges that follow, not with its rows. So the
-- log has few columns, no partition, indexes that are built when parts are merged, and fewer merges; reservation_events shows
-- the same rows with a column for each thing.

CREATE TABLE IF NOT EXISTS reservation_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all reservations, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that granted; a higher one has taken over from a lower one',
    kind            String COMMENT 'As in reservation_events',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the granting server''s clock',
    reservation_id  String COMMENT 'Empty for refused and started',
    counts_until    DateTime64(3, 'UTC') COMMENT 'From this instant on it holds nothing; 1970 once it has ended',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    reservation     String COMMENT 'JSON of the reservation after the change, as the API gives it' CODEC(ZSTD(1)),
    details         String COMMENT 'JSON: grantedOrdinal, sales, sale (pending), keyScope, requestHash, answerStatus, answer' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every change of every reservation, and the first answer to every idempotency key: one INSERT is one group commit';

ALTER TABLE reservation_log ADD INDEX IF NOT EXISTS reservation_id_bloom reservation_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE reservation_log ADD INDEX IF NOT EXISTS counts_until_range counts_until TYPE minmax GRANULARITY 1;
ALTER TABLE reservation_log ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

-- Rows of an earlier version. In the order of their ordinals, so that a copy that broke off goes on where it ended.
INSERT INTO reservation_log
    (ordinal, epoch, kind, decided_at, reservation_id, counts_until, idempotency_key, reservation, details, recorded_at)
SELECT
    ordinal, epoch, kind, decided_at, reservation_id, counts_until, idempotency_key, reservation,
    concat(
        '{"grantedOrdinal":', toString(granted_ordinal), ',"sales":', toString(sales),
        if(sale = '', '', concat(',"sale":', sale)),
        if(idempotency_key = '', '', concat(
            ',"keyScope":', toJSONString(toString(key_scope)), ',"requestHash":', toJSONString(toString(request_hash)),
            ',"answerStatus":', toString(answer_status), if(answer = '', '', concat(',"answer":', toJSONString(toString(answer))))
        )),
        '}'
    ),
    recorded_at
FROM reservation_events
WHERE ordinal > (SELECT max(ordinal) FROM reservation_log)
ORDER BY ordinal
SETTINGS max_threads = 1, max_insert_threads = 1;

DROP TABLE IF EXISTS reservation_events SYNC;

CREATE VIEW IF NOT EXISTS reservation_events
(
    ordinal         UInt64 COMMENT 'Order of the changes of all reservations, rising by one, without holes',
    epoch           UInt64 COMMENT 'Of the writer that granted; a higher one has taken over from a lower one',
    kind            String COMMENT 'granted, confirmed, extended, regranted, transferred, picked, shorted, released, fulfilling, sale_refused, handed_over, fulfilled, at_risk, covered; refused, answered: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the granting server''s clock',
    reservation_id  String COMMENT 'Empty for refused and started',
    version         UInt32 COMMENT 'Rises with each change of the reservation, from 1',
    status          String COMMENT 'held, confirmed, picked, fulfilled, released, short, transferred. expired is never stored: see counts_until',
    granted_ordinal UInt64 COMMENT 'Its place in the queue for stock: when stock is short, the highest are at risk first',
    counts_until    DateTime64(3, 'UTC') COMMENT 'From this instant on it holds nothing; 1970 once it has ended',
    channel         String COMMENT 'Where the wish came from',
    order_id        String COMMENT 'Empty for none',
    `lines.location_id` Array(String) COMMENT 'Of each line',
    `lines.gtin`        Array(UInt64) COMMENT 'Of each line',
    `lines.quantity`    Array(UInt32) COMMENT 'Units held by each line',
    `lines.at_risk`     Array(UInt32) COMMENT 'Units of each line that stock does not cover',
    expires_at      Nullable(DateTime64(3, 'UTC')) COMMENT 'End of what is held',
    hold_until      Nullable(DateTime64(3, 'UTC')) COMMENT 'End of what is confirmed or picked',
    reservation     String COMMENT 'JSON of the reservation after the change, as the API gives it',
    sales           UInt32 COMMENT 'How many sales of it were begun',
    sale            String COMMENT 'JSON of the sale whose outcome is not known yet; empty for none',
    key_scope       String COMMENT 'Id of the API key that sent the command; empty without an idempotency key',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    request_hash    String COMMENT 'Of the command with its body: the same key with another is refused',
    answer_status   UInt16 COMMENT 'HTTP status of the first answer; 0 where there was no command',
    answer          String COMMENT 'Body of the first answer; empty where it is the column reservation',
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here'
)
AS SELECT
    ordinal, epoch, kind, decided_at, reservation_id,
    toUInt32(JSONExtractUInt(reservation, 'version')) AS version,
    JSONExtractString(reservation, 'status') AS status,
    JSONExtractUInt(details, 'grantedOrdinal') AS granted_ordinal,
    counts_until,
    JSONExtractString(reservation, 'channel') AS channel,
    JSONExtractString(reservation, 'orderId') AS order_id,
    arrayMap(line -> JSONExtractString(line, 'locationId'), JSONExtractArrayRaw(reservation, 'lines')) AS `lines.location_id`,
    arrayMap(line -> toUInt64OrZero(JSONExtractString(line, 'gtin')), JSONExtractArrayRaw(reservation, 'lines')) AS `lines.gtin`,
    arrayMap(line -> toUInt32(JSONExtractUInt(line, 'quantity')), JSONExtractArrayRaw(reservation, 'lines')) AS `lines.quantity`,
    arrayMap(line -> toUInt32(JSONExtractUInt(line, 'atRisk')), JSONExtractArrayRaw(reservation, 'lines')) AS `lines.at_risk`,
    parseDateTime64BestEffortOrNull(JSONExtractString(reservation, 'expiresAt'), 3, 'UTC') AS expires_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(reservation, 'holdUntil'), 3, 'UTC') AS hold_until,
    reservation,
    toUInt32(JSONExtractUInt(details, 'sales')) AS sales,
    JSONExtractRaw(details, 'sale') AS sale,
    JSONExtractString(details, 'keyScope') AS key_scope,
    idempotency_key,
    JSONExtractString(details, 'requestHash') AS request_hash,
    toUInt16(JSONExtractUInt(details, 'answerStatus')) AS answer_status,
    JSONExtractString(details, 'answer') AS answer,
    recorded_at
FROM reservation_log
COMMENT 'Every change of every reservation, and the first answer to every idempotency key: reservation_log with a column for each thing';
