-- Question:   How many units of a product were at a location by the ledger at an instant, and how many came since?
-- Grain:      one row per state
-- Parameters: as of explain/movements
-- Freshness:  what is committed
-- Cost:       as explain/movements
SELECT
    line.4 AS state,
    sumIf(line.5, is_before) AS units,
    sumIf(line.5, NOT is_before) AS later_units
FROM
(
    SELECT
        if({by_event_time:UInt8} = 1, occurred_at, recorded_at) <= fromUnixTimestamp64Milli({at_ms:Int64}, 'UTC') AS is_before,
        arrayJoin(arrayZip(
            movements.location_id, movements.sequence, movements.gtin, movements.state, movements.quantity)) AS line
    FROM events
    PREWHERE has(movements.location_id, {location_id:String}) AND has(movements.gtin, {gtin:UInt64})
)
WHERE line.1 = {location_id:String} AND line.3 = {gtin:UInt64} AND line.2 <= {through:UInt64}
GROUP BY state
