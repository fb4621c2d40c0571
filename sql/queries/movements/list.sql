-- Question:   What moved stock of this product, or at this place, last?
-- Grain:      one row a line of the ledger, the last committed first
-- Parameters: gtin (0 = all); location_id ('' = all); since, by time of recording; before_ordinal, before_location and
--             before_sequence, the last row of the page before; page_rows
-- Freshness:  what ingest has committed
-- Cost:       two columns of the events since then, and the lines of those that match
SELECT
    line.1 AS location_id, line.2 AS sequence, line.3 AS gtin, line.4 AS state, line.5 AS quantity, line.6 AS reason,
    line.7 AS epc, line.8 AS reservation_id, line.9 AS order_id,
    ordinal, event_id, event_type, source, occurred_at, recorded_at
FROM
(
    SELECT
        ordinal, event_id, event_type, source, occurred_at, recorded_at,
        arrayJoin(arrayFilter(
            one -> ({location_id:String} = '' OR one.1 = {location_id:String}) AND ({gtin:UInt64} = 0 OR one.3 = {gtin:UInt64}),
            arrayZip(
                movements.location_id, movements.sequence, movements.gtin, movements.state, movements.quantity,
                movements.reason, movements.epc, movements.reservation_id, movements.order_id))) AS line
    FROM events
    PREWHERE ({location_id:String} = '' OR has(movements.location_id, {location_id:String}))
         AND ({gtin:UInt64} = 0 OR has(movements.gtin, {gtin:UInt64}))
    WHERE recorded_at >= {since:DateTime64(3, 'UTC')} AND ordinal <= {before_ordinal:UInt64}
)
WHERE (ordinal, location_id, sequence) < ({before_ordinal:UInt64}, {before_location:String}, {before_sequence:UInt64})
ORDER BY ordinal DESC, location_id DESC, sequence DESC
LIMIT {page_rows:UInt32}
