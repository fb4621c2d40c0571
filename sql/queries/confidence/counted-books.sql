-- Question:   How wrong was the book of each untagged product at each count, and how much had moved since the count before?
-- Grain:      one row per count and product, from a product's second count at a location on, in the order of the ledger
-- Parameters: since (the oldest time of recording)
-- Freshness:  what ingest has committed
-- Cost:       the movements of untagged products since then, sorted by position; asked once, at the start
WITH
    untagged AS (SELECT gtin FROM products FINAL WHERE is_tagged = 0 AND is_deleted = 0),
    applied AS
    (
        SELECT
            location_id, ordinal, occurred_at,
            arrayJoin(arrayZip(
                JSONExtract(body, 'result', 'lines', 'gtins', 'Array(UInt64)'),
                JSONExtract(body, 'result', 'lines', 'expected', 'Array(Int64)'),
                JSONExtract(body, 'result', 'lines', 'counted', 'Array(Int64)')
            )) AS line
        FROM events
        WHERE event_type IN ('count_ended', 'count_decided')
            AND recorded_at >= {since:DateTime64(3)}
            AND JSONExtractString(body, 'result', 'state') = 'applied'
    ),
    steps AS
    (
        SELECT
            location_id, line.1 AS gtin, ordinal, toUnixTimestamp64Milli(occurred_at) AS at_ms, 1 AS is_count,
            toInt64(0) AS moved, line.2 AS expected, line.3 AS counted
        FROM applied
        WHERE gtin IN (untagged)
        UNION ALL
        SELECT
            location_id, gtin, ordinal, toUnixTimestamp64Milli(occurred_at) AS at_ms, 0 AS is_count,
            toInt64(abs(quantity)) AS moved, toInt64(0) AS expected, toInt64(0) AS counted
        FROM movements
        WHERE recorded_at >= {since:DateTime64(3)} AND reason NOT IN ('counted', 'state_changed') AND gtin IN (untagged)
    ),
    summed AS
    (
        SELECT *, sum(moved) OVER (PARTITION BY location_id, gtin ORDER BY ordinal, is_count ROWS UNBOUNDED PRECEDING) AS moved_until
        FROM steps
    )
SELECT location_id, gtin, at_ms, expected, counted, moved_until - moved_before AS moved, at_ms - before_ms AS since_ms
FROM
(
    SELECT
        location_id, gtin, ordinal, at_ms, expected, counted, moved_until,
        lagInFrame(moved_until) OVER counts AS moved_before, lagInFrame(at_ms) OVER counts AS before_ms
    FROM summed
    WHERE is_count = 1
    WINDOW counts AS (PARTITION BY location_id, gtin ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
WHERE before_ms > 0
ORDER BY ordinal, gtin
