-- Question:   Which was the last count of a location that looked at a product and was applied, and where did it begin?
-- Grain:      one row, or none
-- Parameters: location_id, gtin; at_ms: by time of recording, or with by_event_time by time of happening; since, the oldest time
--             of recording that is looked at
-- Freshness:  what is committed
-- Cost:       the event types of the location since then, and the bodies of its counts
WITH found AS
(
    SELECT
        JSONExtractString(body, 'countId') AS count_id, ordinal, event_id, event_type, source, occurred_at, recorded_at,
        JSONExtract(body, 'result', 'lines', 'gtins', 'Array(UInt64)') AS gtins,
        JSONExtract(body, 'result', 'lines', 'expected', 'Array(Int64)') AS all_expected,
        JSONExtract(body, 'result', 'lines', 'counted', 'Array(Int64)') AS all_counted
    FROM events
    PREWHERE location_id = {location_id:String} AND event_type IN ('count_ended', 'count_decided')
    WHERE recorded_at >= {since:DateTime64(3)}
        AND if({by_event_time:UInt8} = 1, occurred_at, recorded_at) <= fromUnixTimestamp64Milli({at_ms:Int64}, 'UTC')
        AND JSONExtractString(body, 'result', 'state') = 'applied'
        AND has(gtins, {gtin:UInt64})
    ORDER BY ordinal DESC
    LIMIT 1
)
SELECT
    count_id, ordinal, event_id, event_type, source, occurred_at, recorded_at,
    all_expected[indexOf(gtins, {gtin:UInt64})] AS expected,
    all_counted[indexOf(gtins, {gtin:UInt64})] AS counted,
    started.began AS started_ordinal
FROM found
LEFT JOIN
(
    SELECT JSONExtractString(body, 'countId') AS id, max(ordinal) AS began
    FROM events
    PREWHERE location_id = {location_id:String} AND event_type = 'count_started'
    WHERE recorded_at >= {since:DateTime64(3)}
    GROUP BY id
) AS started ON started.id = found.count_id
