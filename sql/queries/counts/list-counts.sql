-- Question:   Which counts were there lately, and what came of them?
-- Grain:      one row per count of a location, newest first
-- Parameters: count_id and location_id (empty: any), since (the oldest time of recording), before_ms and before_id (what the
--             page before ended with), limit
-- Freshness:  what ingest has committed
-- Cost:       the event types since then, and the bodies of those few events
WITH counts AS
(
    SELECT
        location_id,
        JSONExtractString(body, 'countId') AS count_id,
        minIf(ordinal, event_type = 'count_started') AS started_ordinal,
        anyIf(body, event_type = 'count_started') AS start_body,
        minIf(toUnixTimestamp64Milli(occurred_at), event_type = 'count_started') AS told_at_ms,
        maxIf(toUnixTimestamp64Milli(occurred_at), event_type = 'count_ended') AS ended_at_ms,
        maxIf(toUnixTimestamp64Milli(occurred_at), event_type = 'count_decided') AS decided_at_ms,
        anyIf(source, event_type = 'count_started') AS started_by,
        sumIf(JSONLength(body, 'epcs') + JSONLength(body, 'quantities'), event_type = 'count_reads') AS captured,
        argMaxIf(JSONExtractRaw(body, 'result'), ordinal, event_type IN ('count_ended', 'count_decided')) AS result
    FROM events
    WHERE event_type IN ('count_started', 'count_reads', 'count_ended', 'count_decided')
        AND recorded_at >= {since:DateTime64(3)}
        AND ({location_id:String} = '' OR location_id = {location_id:String})
        AND ({count_id:String} = '' OR JSONExtractString(body, 'countId') = {count_id:String})
    GROUP BY location_id, count_id
    HAVING started_ordinal > 0
)
SELECT
    location_id, count_id, start_body, told_at_ms, ended_at_ms, decided_at_ms, started_by, captured,
    JSONExtractString(result, 'state') AS state,
    JSONExtract(result, 'expected', 'Nullable(Int64)') AS expected,
    JSONExtract(result, 'found', 'Nullable(Int64)') AS found,
    JSONExtract(result, 'counted', 'Nullable(Int64)') AS counted,
    JSONExtract(result, 'products', 'Nullable(Int64)') AS products,
    JSONExtract(result, 'exactProducts', 'Nullable(Int64)') AS exact_products,
    JSONExtract(result, 'exactAccuracy', 'Nullable(Float64)') AS exact_accuracy,
    JSONExtract(result, 'unitAccuracy', 'Nullable(Float64)') AS unit_accuracy,
    JSONExtract(result, 'missedItems', 'Nullable(Int64)') AS missed_items,
    JSONExtract(result, 'newItems', 'Nullable(Int64)') AS new_items
FROM counts
WHERE {before_ms:Int64} = 0 OR (told_at_ms, count_id) < ({before_ms:Int64}, {before_id:String})
ORDER BY told_at_ms DESC, count_id DESC
LIMIT {limit:UInt32}
