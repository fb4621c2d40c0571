-- Question:   Which events of our own ledger may answer an EPCIS query, after a place in its order? Those that came in by
--             capture are left out: they are captured events.
-- Grain:      one row of `events`
-- Parameters: sign (1 = ascending, -1 = descending), by_event_time (1 = ordered by event time, else by record time);
--             after_ms (already signed), after_same (1 = rows of the same instant may follow), after_location and after_ordinal (its row
--             is given again: it may have more events);
--             from/before of both times in Unix milliseconds; event_types; lists (empty = all) of location_ids, epcs (hex), gtins
--             and rows (location, ordinal); page_rows
-- Freshness:  the instant of the query
-- Cost:       the granules of the asked times and EPCs; without them one pass over the times and types of the ledger, then the
--             rows of the page by their keys
SELECT
    location_id, ordinal, event_id, event_type, source, body, occurred_at, recorded_at,
    movements.gtin AS movement_gtins, movements.quantity AS movement_quantities, movements.reason AS movement_reasons,
    movements.epc AS movement_epcs,
    items.epc AS item_epcs, items.zone_id AS item_zones, items.status AS item_statuses,
    {sign:Int8} * toUnixTimestamp64Milli(if({by_event_time:UInt8} = 1, occurred_at, recorded_at)) AS place_ms
FROM events
WHERE (location_id, ordinal) IN
(
    SELECT location_id, ordinal
    FROM
    (
        SELECT
            location_id, ordinal,
            {sign:Int8} * toUnixTimestamp64Milli(if({by_event_time:UInt8} = 1, occurred_at, recorded_at)) AS place
        FROM events
        WHERE recorded_at >= fromUnixTimestamp64Milli({record_from_ms:Int64}, 'UTC')
          AND recorded_at < fromUnixTimestamp64Milli({record_before_ms:Int64}, 'UTC')
          AND occurred_at >= fromUnixTimestamp64Milli({event_from_ms:Int64}, 'UTC')
          AND occurred_at < fromUnixTimestamp64Milli({event_before_ms:Int64}, 'UTC')
          AND event_type IN {event_types:Array(String)}
          AND source NOT IN ('pos/epcis-capture', 'stock/epcis-capture')
          AND NOT startsWith(source, 'rfid/epcis-capture.')
          AND (empty({location_ids:Array(String)}) OR location_id IN {location_ids:Array(String)})
          AND (empty({row_ordinals:Array(UInt64)})
               OR ordinal IN {row_ordinals:Array(UInt64)} AND location_id IN {row_locations:Array(String)})
          AND (empty({epcs:Array(String)}) OR hasAny(items.epc, {epcs:Array(String)}))
          AND (empty({gtins:Array(UInt64)}) OR hasAny(items.gtin, {gtins:Array(UInt64)})
               OR hasAny(movements.gtin, {gtins:Array(UInt64)}))
          AND (place > {after_ms:Int64}
               OR place = {after_ms:Int64} AND {after_same:UInt8} = 1
                  AND (location_id, ordinal) >= ({after_location:String}, {after_ordinal:UInt64}))
        ORDER BY place, location_id, ordinal
        LIMIT {page_rows:UInt32}
    )
)
ORDER BY place_ms, location_id, ordinal
