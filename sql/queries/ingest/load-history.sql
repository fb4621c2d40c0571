-- Question:   What changed at a location since a count began there that is not applied yet?
-- Grain:      one row per line of the ledger, or per item that took the place of a unit without identity (or gave it back)
--             without a line; `items` of the units are items by name
-- Parameters: location_id; since, when the count began; through, the ordinal of the last event to look at
-- Freshness:  what ingest has committed
-- Cost:       the location's events since then
SELECT gtin, state, quantity, if(epc = '', 0, quantity) AS items, toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms
FROM movements
WHERE location_id = {location_id:String} AND occurred_at > {since:DateTime64(3)}
  AND recorded_at > {since:DateTime64(3)} - INTERVAL 1 HOUR AND ordinal <= {through:UInt64}
UNION ALL
SELECT
    gtin, state, 0 AS quantity, if(status IN ('present', 'exiting'), 1, -1) AS items,
    toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms
FROM item_history
WHERE location_id = {location_id:String} AND occurred_at > {since:DateTime64(3)}
  AND recorded_at > {since:DateTime64(3)} - INTERVAL 1 HOUR AND ordinal <= {through:UInt64}
  AND event_type = 'item_seen'
  AND event_id IN (
      SELECT event_id FROM events
      WHERE event_type = 'item_seen' AND empty(movements.sequence) AND occurred_at > {since:DateTime64(3)}
        AND recorded_at > {since:DateTime64(3)} - INTERVAL 1 HOUR AND ordinal <= {through:UInt64}
  )
