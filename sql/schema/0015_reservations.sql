-- Reservations. Append only: one row for each change of a reservation, with the whole of it after the change. All rows of a
-- group commit are one INSERT of one block and share recorded_at, and so a partition: there whole or not at all, and on the
-- disk before anybody is answered. What a reservation has handed over is not here but in the ledger (movements.reservation_id).

CREATE TABLE IF NOT EXISTS reservation_events
(
    ordinal         UInt64 COMMENT 'Order of the changes of all reservations, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that granted; a higher one has taken over from a lower one',
    kind            LowCardinality(String) COMMENT 'granted, confirmed, extended, regranted, transferred, picked, shorted, released, fulfilling, sale_refused, handed_over, fulfilled, at_risk, covered; refused, answered: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the granting server''s clock',
    reservation_id  String COMMENT 'Empty for refused and started',
    version         UInt32 COMMENT 'Rises with each change of the reservation, from 1',
    status          LowCardinality(String) COMMENT 'held, confirmed, picked, fulfilled, released, short, transferred. expired is never stored: see counts_until',
    granted_ordinal UInt64 COMMENT 'Its place in the queue for stock: when stock is short, the highest are at risk first',
    counts_until    DateTime64(3, 'UTC') COMMENT 'From this instant on it holds nothing; 1970 once it has ended',
    channel         LowCardinality(String) COMMENT 'Where the wish came from',
    order_id        String COMMENT 'Empty for none',
    lines Nested
    (
        location_id LowCardinality(String),
        gtin        UInt64,
        quantity    UInt32,
        at_risk     UInt32
    ),
    reservation     String COMMENT 'JSON of the reservation after the change, as the API gives it' CODEC(ZSTD(1)),
    sales           UInt32 COMMENT 'How many sales of it were begun',
    sale            String COMMENT 'JSON of the sale whose outcome is not known yet; empty for none' CODEC(ZSTD(1)),
    key_scope       String COMMENT 'Id of the API key that sent the command; empty without an idempotency key',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    request_hash    String COMMENT 'Of the command with its body: the same key with another is refused',
    answer_status   UInt16 COMMENT 'HTTP status of the first answer; 0 where there was no command',
    answer          String COMMENT 'Body of the first answer; empty where it is the column reservation' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here',
    expires_at      Nullable(DateTime64(3, 'UTC')) ALIAS parseDateTime64BestEffortOrNull(JSONExtractString(reservation, 'expiresAt'), 3, 'UTC') COMMENT 'End of what is held',
    hold_until      Nullable(DateTime64(3, 'UTC')) ALIAS parseDateTime64BestEffortOrNull(JSONExtractString(reservation, 'holdUntil'), 3, 'UTC') COMMENT 'End of what is confirmed or picked'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'Every change of every reservation, and the first answer to every idempotency key';

-- To find one reservation, what may still hold stock, and one key, beyond what memory holds.
ALTER TABLE reservation_events ADD INDEX IF NOT EXISTS reservation_id_bloom reservation_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE reservation_events ADD INDEX IF NOT EXISTS counts_until_range counts_until TYPE minmax GRANULARITY 1;
ALTER TABLE reservation_events ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

-- Units that reservations hold at an instant, by the rows and movements that were decided until then:
-- SELECT * FROM reserved_units_at(at = '2026-06-01 12:00:00.000')
CREATE VIEW IF NOT EXISTS reserved_units_at AS
WITH
    live AS
    (
        SELECT
            reservation_id,
            argMax(status, ordinal) AS last_status,
            argMax(counts_until, ordinal) AS ends_at,
            argMax(`lines.location_id`, ordinal) AS location_ids,
            argMax(`lines.gtin`, ordinal) AS gtins,
            argMax(`lines.quantity`, ordinal) AS quantities
        FROM reservation_events
        WHERE reservation_id != '' AND decided_at <= {at:DateTime64(3, 'UTC')}
        GROUP BY reservation_id
        HAVING ends_at > {at:DateTime64(3, 'UTC')} AND last_status IN ('held', 'confirmed', 'picked')
    ),
    taken AS
    (
        SELECT reservation_id, location_id, gtin, sum(-toInt64(quantity)) AS units
        FROM movements
        WHERE reservation_id != '' AND quantity < 0 AND recorded_at <= {at:DateTime64(3, 'UTC')}
            AND reservation_id IN (SELECT reservation_id FROM live)
        GROUP BY reservation_id, location_id, gtin
    )
SELECT location_id, gtin, sum(greatest(toInt64(0), held - taken_units)) AS reserved, count() AS reservations
FROM
(
    SELECT held_lines.location_id AS location_id, held_lines.gtin AS gtin, held_lines.quantity AS held, taken.units AS taken_units
    FROM
    (
        SELECT reservation_id, location_id, gtin, toInt64(quantity) AS quantity
        FROM live
        ARRAY JOIN location_ids AS location_id, gtins AS gtin, quantities AS quantity
    ) AS held_lines
    LEFT JOIN taken ON taken.reservation_id = held_lines.reservation_id AND taken.location_id = held_lines.location_id
        AND taken.gtin = held_lines.gtin
)
GROUP BY location_id, gtin
HAVING reserved > 0;
