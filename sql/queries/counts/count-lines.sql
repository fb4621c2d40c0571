-- Question:   What did a count find of each product?
-- Grain:      one row per product, the largest differences first
-- Parameters: count_id, location_id, since (the oldest time of recording), limit
-- Freshness:  what ingest has committed
-- Cost:       the event types since then, and the body of one event
SELECT line.1 AS gtin, line.2 AS expected, line.3 AS counted, count() OVER () AS total_lines
FROM
(
    SELECT arrayJoin(arrayZip(
        JSONExtract(lines, 'gtins', 'Array(UInt64)'),
        JSONExtract(lines, 'expected', 'Array(Int64)'),
        JSONExtract(lines, 'counted', 'Array(Int64)')
    )) AS line
    FROM
    (
        SELECT argMax(JSONExtractRaw(body, 'result', 'lines'), ordinal) AS lines
        FROM events
        WHERE event_type IN ('count_ended', 'count_decided')
            AND recorded_at >= {since:DateTime64(3)}
            AND location_id = {location_id:String}
            AND JSONExtractString(body, 'countId') = {count_id:String}
    )
)
ORDER BY abs(counted - expected) DESC, gtin
LIMIT {limit:UInt32}
