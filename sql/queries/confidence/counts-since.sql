-- Question:   What did counts find of each product, that were applied since?
-- Grain:      one row per count and product, in the order of the ledger
-- Parameters: since (the oldest time of recording)
-- Freshness:  what ingest has committed
-- Cost:       the event types since then, and the bodies of those few events
SELECT
    location_id, ordinal, toUnixTimestamp64Milli(occurred_at) AS at_ms,
    line.1 AS gtin, line.2 AS expected, line.3 AS counted
FROM
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
)
ORDER BY ordinal, gtin
