-- Question:   Which transfers were told of lately, and which items did readers see come in by one?
-- Grain:      one row per event of a transfer, or (with epc) per item with a line transferred_in but none of a sender
-- Parameters: since, the oldest time of recording; through, the ordinal of the last event to look at
-- Freshness:  what ingest has committed
-- Cost:       the event types of some weeks, and the rows that match
SELECT ordinal, location_id, event_type, body, '' AS epc, 0 AS occurred_at_ms
FROM events
WHERE event_type IN ('transfer_out', 'transfer_in') AND recorded_at >= {since:DateTime64(3)} AND ordinal <= {through:UInt64}
UNION ALL
SELECT
    ordinal, line.1 AS location_id, event_type, '' AS body, line.2 AS epc,
    toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms
FROM events
ARRAY JOIN arrayFilter(
    l -> l.3 = 'transferred_in' AND l.2 != '', arrayZip(movements.location_id, movements.epc, movements.reason)
) AS line
WHERE event_type IN ('item_seen', 'item_moved', 'item_transferred')
  AND recorded_at >= {since:DateTime64(3)} AND ordinal <= {through:UInt64}
  AND NOT has(movements.reason, 'transferred_out')
ORDER BY ordinal
