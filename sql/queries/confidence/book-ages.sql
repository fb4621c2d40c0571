-- Question:   When was the book of each position counted last, and how many units have moved since?
-- Grain:      one row per position; counted_ms 0 = never, and then of all its movements
-- Parameters: since (the oldest time of recording)
-- Freshness:  what ingest has committed
-- Cost:       the movements since then; asked once, at the start
WITH counted AS
(
    SELECT location_id, gtin, max(ordinal) AS ordinal, max(at_ms) AS at_ms
    FROM
    (
        SELECT
            location_id, ordinal, toUnixTimestamp64Milli(occurred_at) AS at_ms,
            arrayJoin(JSONExtract(body, 'result', 'lines', 'gtins', 'Array(UInt64)')) AS gtin
        FROM events
        WHERE event_type IN ('count_ended', 'count_decided')
            AND recorded_at >= {since:DateTime64(3)}
            AND JSONExtractString(body, 'result', 'state') = 'applied'
    )
    GROUP BY location_id, gtin
)
SELECT
    m.location_id AS location_id, m.gtin AS gtin,
    any(counted.at_ms) AS counted_ms,
    toUnixTimestamp64Milli(min(m.occurred_at)) AS first_ms,
    sumIf(abs(m.quantity), m.ordinal > counted.ordinal AND m.reason NOT IN ('counted', 'state_changed')) AS moved
FROM movements AS m
LEFT JOIN counted ON counted.location_id = m.location_id AND counted.gtin = m.gtin
WHERE m.recorded_at >= {since:DateTime64(3)}
GROUP BY m.location_id, m.gtin
